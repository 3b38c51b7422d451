package io.retally.devkit.load.generated;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonObjectId;

/**
 * Who is there and what there is to learn, before anything happens: accounts in several zones, each with regions and
 * their teams, programs, reps, and enrolments over the company's days.
 */
final class CompanyPlan {

    private static final int REPS_OF_ACCOUNT = 250;
    private static final int REPS_OF_TEAM = 12;
    private static final int TEAMS_OF_REGION = 6;

    final Calendar calendar;
    final Ids ids;
    final List<CoachedAccount> accounts = new ArrayList<>();
    final List<CoachedTeam> regions = new ArrayList<>();

    /** The teams with reps, of all accounts. */
    final List<CoachedTeam> teams = new ArrayList<>();

    final List<CoachedProgram> programs = new ArrayList<>();
    final List<Rep> reps = new ArrayList<>();
    final List<Journey> journeys = new ArrayList<>();

    CompanyPlan(long seed, Size size, Calendar calendar) {
        this.calendar = calendar;
        this.ids = new Ids(seed);
        int accountCount = Math.min(size.programs(), Math.min(Names.ZONES.size(), 2 + size.reps() / REPS_OF_ACCOUNT));
        for (int i = 0; i < accountCount; i++) {
            accounts.add(new CoachedAccount(nextId(), Names.COMPANIES.get(i), ZoneId.of(Names.ZONES.get(i))));
        }
        Dice dice = new Dice(seed, "programs");
        for (int i = 0; i < size.programs(); i++) {
            programs.add(CoachedProgram.make(nextId(), accounts.get(i % accountCount), i + 1, dice));
        }
        Dice people = new Dice(seed, "people");
        for (int i = 0; i < accountCount; i++) {
            hire(accounts.get(i), size.reps() / accountCount + (i < size.reps() % accountCount ? 1 : 0), people);
        }
        enroll(new Dice(seed, "enrolments"));
    }

    List<CoachedTeam> teamsOf(CoachedAccount account) {
        return teams.stream().filter(team -> team.account().equals(account)).toList();
    }

    private void hire(CoachedAccount account, int count, Dice dice) {
        List<CoachedTeam> own = new ArrayList<>();
        int teamCount = Math.max(2, (count + REPS_OF_TEAM - 1) / REPS_OF_TEAM);
        for (int i = 0; i < teamCount; i++) {
            int region = i / TEAMS_OF_REGION;
            if (i % TEAMS_OF_REGION == 0) {
                regions.add(new CoachedTeam(nextId(), account, regionName(region), null));
            }
            CoachedTeam parent = regions.get(regions.size() - 1);
            own.add(new CoachedTeam(nextId(), account, parent.name() + " team " + (i % TEAMS_OF_REGION + 1), parent));
        }
        teams.addAll(own);
        for (int i = 0; i < count; i++) {
            reps.add(new Rep(nextId(), dice.oneOf(own), dice));
        }
    }

    private static String regionName(int region) {
        int round = region / Names.REGIONS.size();
        return Names.REGIONS.get(region % Names.REGIONS.size()) + (round == 0 ? "" : " " + (round + 1));
    }

    /** Each rep is in one or two programs of the account; half are there from the first day on. */
    private void enroll(Dice dice) {
        for (Rep rep : reps) {
            List<CoachedProgram> own = programs.stream()
                    .filter(program -> program.account().equals(rep.account))
                    .toList();
            int first = dice.below(own.size());
            enroll(rep, own.get(first), dice);
            if (own.size() > 1 && dice.chance(0.35)) {
                enroll(rep, own.get((first + dice.between(1, own.size() - 1)) % own.size()), dice);
            }
        }
    }

    private void enroll(Rep rep, CoachedProgram program, Dice dice) {
        int day = dice.chance(0.5) ? 0 : dice.below(Calendar.DAYS - 5);
        Integer due = dice.chance(0.1) ? null : (Integer) (day + dice.between(30, 150));
        Integer withdrawn = dice.chance(0.04) ? (Integer) (day + dice.between(3, 60)) : null;
        journeys.add(new Journey(nextId(), rep, program, day, due, withdrawn));
    }

    private BsonObjectId nextId() {
        return ids.next(calendar.utcMillis(0));
    }
}
