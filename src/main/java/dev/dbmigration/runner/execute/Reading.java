package dev.dbmigration.runner.execute;

import dev.dbmigration.report.RunInput;
import dev.dbmigration.runner.connect.Environment;
import dev.dbmigration.runner.fault.RunFailed;
import dev.dbmigration.runner.script.Parameters;
import dev.dbmigration.runner.script.Scripts;
import java.nio.file.Path;
import java.util.Map;

/** How each task on files begins: all of them are read, checked and split, and the log says what lies there. */
record Reading(RunLog log) {

    /**
     * The files of the sources below {@code root}, for the database that {@code variables} name.
     *
     * @throws RunFailed with every file that cannot be run
     */
    Scripts read(RunInput input, Path root, Map<String, String> variables) {
        Parameters parameters = new Parameters(
                input.sql().variables(), () -> Environment.of(variables).database());
        Scripts scripts = Scripts.read(root, input.sql().sources(), parameters);
        log.line("files to look at: " + scripts.files().size());
        scripts.ignored().forEach(name -> log.line("not run: " + name));
        return scripts;
    }
}
