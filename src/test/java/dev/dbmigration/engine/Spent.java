package dev.dbmigration.engine;

/**
 * What a process took.
 *
 * @param seconds from its start to its end
 * @param cpu seconds of a processor, its own and the system's, also of the children that it waited for
 */
record Spent(double seconds, double cpu) {

    /** From three numbers of seconds (from start to end, user, system); some locales write a comma in them. */
    static Spent parse(String line) {
        String[] numbers = line.strip().replace(',', '.').split(" ");
        return new Spent(
                Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]) + Double.parseDouble(numbers[2]));
    }
}
