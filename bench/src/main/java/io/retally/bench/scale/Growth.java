package io.retally.bench.scale;

/** What grows while the cost of a change is measured. */
enum Growth {
    /** All that reps have done so far. */
    STATE("state", "interactions", "interactions in state", "What a change costs, the more has happened before"),
    /** The reps that one program has. */
    PROGRAMS("programs", "program_reps", "reps a program", "What a change costs, the more reps its program has");

    private final String label;
    private final String sizeField;
    private final String sizeName;
    private final String title;

    Growth(String label, String sizeField, String sizeName, String title) {
        this.label = label;
        this.sizeField = sizeField;
        this.sizeName = sizeName;
        this.title = title;
    }

    /** On the command line and in the JSON. */
    String label() {
        return label;
    }

    /** What the sizes are called in the JSON. */
    String sizeField() {
        return sizeField;
    }

    /** What the sizes are called for people. */
    String sizeName() {
        return sizeName;
    }

    String title() {
        return title;
    }

    /** Where the picture is, from the folder of the page. */
    String picture() {
        return "images/scale-" + label + ".png";
    }

    @Override
    public String toString() {
        return label;
    }
}
