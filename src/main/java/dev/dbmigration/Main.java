package dev.dbmigration;

import java.util.Arrays;

/**
 * One jar, two lives: {@code operator}, or {@code runner apply|plan|verify DIRECTORY} in the pod of a run; {@code runner
 * snapshot}, which writes checks for a person; and {@code probe URL}, which asks the first of them how it is.
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        String life = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (life) {
            case "operator" -> dev.dbmigration.operator.OperatorMain.main(rest);
            case "runner" -> dev.dbmigration.runner.RunnerMain.main(rest);
            case "probe" -> dev.dbmigration.operator.Probe.main(rest);
            default -> {
                System.err.println("usage: operator | runner apply DIRECTORY | runner verify DIRECTORY"
                        + " | runner snapshot | probe URL");
                System.exit(64);
            }
        }
    }
}
