package io.retally.devkit.load.generated;

import io.retally.devkit.load.Documents;
import java.time.Instant;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.jspecify.annotations.Nullable;

/** A rep on the way through a program: the enrolment, and how far the rep is. Days count from the company's first. */
final class Journey {

    final BsonObjectId enrollmentId;
    final Rep rep;
    final CoachedProgram program;
    final int enrolledDay;
    final @Nullable Integer withdrawnDay;
    private final @Nullable Integer dueDay;

    /** The lesson that comes next; past the last one the rep only reviews. */
    int lesson;

    /** Whether the message of the next lesson was sent. */
    boolean messaged;

    Journey(
            BsonObjectId enrollmentId,
            Rep rep,
            CoachedProgram program,
            int enrolledDay,
            @Nullable Integer dueDay,
            @Nullable Integer withdrawnDay) {
        this.enrollmentId = enrollmentId;
        this.rep = rep;
        this.program = program;
        this.enrolledDay = enrolledDay;
        this.dueDay = dueDay;
        this.withdrawnDay = withdrawnDay;
    }

    boolean active(int day) {
        return day >= enrolledDay && (withdrawnDay == null || day < withdrawnDay) && !rep.removed;
    }

    boolean finished() {
        return lesson >= program.lessons().size();
    }

    /** The enrolment as it is on a day: a withdrawal shows from its day on. */
    BsonDocument document(Calendar calendar, int day) {
        return Documents.enrollment(
                enrollmentId,
                rep.account.id(),
                rep.id,
                program.id(),
                time(calendar, enrolledDay, 8),
                dueDay == null ? null : time(calendar, dueDay, 17),
                withdrawnDay == null || day < withdrawnDay ? null : time(calendar, withdrawnDay, 9));
    }

    private Instant time(Calendar calendar, int day, int hour) {
        return calendar.date(day).atTime(hour, 0).atZone(rep.account.zone()).toInstant();
    }
}
