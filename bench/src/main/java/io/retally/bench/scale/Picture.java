package io.retally.bench.scale;

import io.retally.bench.scale.Curve.Point;
import io.retally.devkit.stack.Part;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a curve: sizes in logarithmic scale, costs from 0 on. */
final class Picture {
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 640;
    /** How much higher the picture is than its highest point. */
    private static final double AIR = 1.25;

    private Picture() {}

    /** As PNG. */
    static byte[] png(Growth growth, Curve curve) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(growth.title())
                .xAxisTitle(growth.sizeName())
                .yAxisTitle("CPU µs a change")
                .build();
        style(chart, curve);
        line(chart, curve, "all", new Color(0x1b4f8f), 3, cost -> cost.micros());
        line(chart, curve, "task manager", new Color(0x4f9d69), 1.5f, cost -> cost.micros(Part.TASKMANAGER));
        line(chart, curve, "PostgreSQL", new Color(0xd9822b), 1.5f, cost -> cost.micros(Part.POSTGRES));
        line(chart, curve, "job manager", new Color(0x8e6bb0), 1.5f, cost -> cost.micros(Part.JOBMANAGER));
        line(chart, curve, "Kafka", new Color(0x7f7f7f), 1.5f, cost -> cost.micros(Part.KAFKA));
        return BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG);
    }

    private static void style(XYChart chart, Curve curve) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 18);
        XYStyler styler = chart.getStyler();
        styler.setChartTitleFont(font.deriveFont(Font.BOLD, 22));
        styler.setChartTitleBoxVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(new Color(0xe0e0e0));
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendFont(font);
        styler.setAxisTitleFont(font);
        styler.setAxisTickLabelsFont(font);
        styler.setXAxisLogarithmic(true);
        styler.setXAxisDecimalPattern("#,##0");
        // Whole decades, as only these have labels.
        styler.setXAxisMin(
                Math.pow(10, Math.floor(Math.log10((double) curve.first().size()))));
        styler.setXAxisMax(
                Math.pow(10, Math.ceil(Math.log10((double) curve.last().size()))));
        styler.setYAxisDecimalPattern("0");
        styler.setYAxisTickMarkSpacingHint(70);
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(AIR * highest(curve));
    }

    private static double highest(Curve curve) {
        return curve.points().stream()
                .mapToDouble(point -> point.cost().micros())
                .max()
                .orElseThrow();
    }

    private static void line(
            XYChart chart, Curve curve, String name, Color color, float width, ToDoubleFunction<Cost> figure) {
        List<Point> points = curve.points();
        XYSeries series = chart.addSeries(
                name,
                points.stream().mapToDouble(Point::size).toArray(),
                points.stream()
                        .mapToDouble(point -> figure.applyAsDouble(point.cost()))
                        .toArray());
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(width));
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(color);
    }
}
