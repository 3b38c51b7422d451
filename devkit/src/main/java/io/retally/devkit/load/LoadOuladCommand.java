package io.retally.devkit.load;

import io.retally.devkit.load.oulad.Oulad;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code load oulad}: the Open University Learning Analytics Dataset. */
@Command(
        name = "oulad",
        description = {
            "Loads the Open University Learning Analytics Dataset (Kuzilek, Hlosta, Zdrahal, Scientific Data 4:170171, "
                    + "2017, CC BY 4.0): real clicks, assessments, registrations and withdrawals.",
            "The same folder gives the same documents, byte for byte."
        },
        mixinStandardHelpOptions = true)
final class LoadOuladCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "Folder of the dataset's tables (*.csv.gz).")
    private Path folder = Path.of(".");

    @Option(
            names = "--presentation",
            paramLabel = "NAME",
            arity = "1..*",
            description = "Only these presentations, for example GGG-2013J. Default: all.")
    private List<String> presentations = new ArrayList<>();

    @Mixin
    private LoadOptions options = new LoadOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        return LoadCommand.orExplain(spec, this::load);
    }

    private void load() {
        PrintWriter out = spec.commandLine().getOut();
        Oulad oulad = Oulad.read(folder, presentations);
        out.println(String.format(
                Locale.ROOT,
                "OULAD, %s: %,d enrolments, %,d interactions",
                String.join(", ", oulad.presentationNames()),
                oulad.enrollments(),
                oulad.interactions()));
        out.flush();
        options.load("oulad", oulad.changes(), oulad.interactions(), out);
    }
}
