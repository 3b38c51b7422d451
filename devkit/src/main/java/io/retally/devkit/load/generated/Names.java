package io.retally.devkit.load.generated;

import java.util.List;

/** Words that the company's documents are named with. */
final class Names {

    static final List<String> FIRST =
            words("Ada Amara Anders Anika Aoife Ben Bianca Carlos Chen Chloé Dana Diego Dmitri "
                    + "Elena Emeka Esther Farah Finn Freya Gabriel Grace Hana Hugo Ibrahim Imani Ines Ivan Jamal Jana Jin Jonas "
                    + "José Kaia Kenji Lara Leila Liam Lucía Luka Mads Maya Mei Mira Nadia Niamh Noah Nora Olga Omar Paula Priya "
                    + "Quinn Rafael Rosa Ruth Sam Sana Sofia Søren Tariq Tess Uma Victor Wanda Yara Yusuf Zoë");

    static final List<String> LAST = words(
            "Abara Adeyemi Ahmed Andersson Baker Banerjee Berg Björk Brown Castillo Chaudhry "
                    + "Cohen Costa Dahl Davies Diallo Dubois Eriksen Evans Ferreira Fischer Fujita Garcia Gupta Haddad Hansen "
                    + "Hoffmann Hughes Ito Ivanov Jansen Johnson Kaplan Kim Kowalski Larsen Lee Lindqvist Lopez Mbeki Meyer "
                    + "Moreau Müller Murphy Nakamura Nguyen Novak O'Brien Okafor Olsen Park Patel Petrov Reyes Rossi Santos "
                    + "Schmidt Silva Singh Smith Suzuki Tanaka Torres Vargas Weber Williams Wójcik Yamamoto Yilmaz Zhang");

    static final List<String> COMPANIES = List.of(
            "Alder Medical",
            "Brightwater Devices",
            "Calder & Finch",
            "Dovetail Health",
            "Everline Energy",
            "Foxglove Pharma",
            "Granite Software",
            "Harbour Insurance");

    static final List<String> ZONES = List.of(
            "America/Chicago",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Tokyo",
            "Europe/London",
            "America/Los_Angeles",
            "Australia/Sydney",
            "Asia/Kolkata");

    static final List<String> REGIONS =
            List.of("North", "South", "East", "West", "Central", "Coast", "Lakes", "Highlands", "Metro", "Border");

    static final List<String> KINDS = List.of("onboarding", "product launch", "skills", "compliance");

    static final List<String> TOPICS = List.of(
            "First call",
            "Opening questions",
            "Listening",
            "The buyer's day",
            "Value in numbers",
            "Price objections",
            "Competitor claims",
            "Next steps",
            "Territory plan",
            "Reference stories",
            "Safe wording",
            "Demo that sells",
            "Follow-up",
            "Closing",
            "Renewal");

    private Names() {}

    private static List<String> words(String words) {
        return List.of(words.split(" "));
    }
}
