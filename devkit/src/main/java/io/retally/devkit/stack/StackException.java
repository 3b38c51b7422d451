package io.retally.devkit.stack;

/** Something that the user can mend: one line that says what is wrong, one that says the next step. */
public final class StackException extends RuntimeException {
    private final String nextStep;

    public StackException(String message, String nextStep) {
        super(message);
        this.nextStep = nextStep;
    }

    public StackException(String message, String nextStep, Throwable cause) {
        super(message, cause);
        this.nextStep = nextStep;
    }

    public String nextStep() {
        return nextStep;
    }
}
