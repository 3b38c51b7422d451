package io.retally.devkit.load.oulad;

/** An assessment of a presentation: a lesson of one question. TMA and CMA are required; exams are marked elsewhere. */
record Assessment(int id, String presentation, String type, int day) {
    boolean required() {
        return !type.equals("Exam");
    }
}
