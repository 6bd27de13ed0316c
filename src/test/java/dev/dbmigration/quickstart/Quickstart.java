package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.MigrationVerification;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The first thing a user runs: a migration from its manifest to its proof, on this machine alone. */
public final class Quickstart {

    private final Terminal terminal;
    private final Machine machine;

    private Quickstart(Terminal terminal, Machine machine) {
        this.terminal = terminal;
        this.machine = machine;
    }

    /** Takes the manifests, separated by commas; its exit code is 0 when all is as they want it. */
    public static void main(String[] args) {
        // Before any logger exists: the story is for people, and only what goes wrong may interrupt it.
        System.setProperty("logback.configurationFile", "quickstart-logback.xml");
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(out);
        Machine machine = new Machine();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            terminal.silence();
            machine.close();
        }));
        boolean good = new Quickstart(terminal, machine).run(args.length == 0 ? "" : args[0]);
        System.exit(good ? 0 : 1);
    }

    private boolean run(String files) {
        long begin = System.nanoTime();
        String verdict;
        boolean good = false;
        try {
            perform(Arrays.stream(files.split(","))
                    .map(Path::of)
                    .map(Manifests::read)
                    .toList());
            verdict = "All is as it should be.";
            good = true;
        } catch (Refused e) {
            verdict = e.getMessage();
        } catch (ExecutionException e) {
            verdict = "The quickstart itself broke: " + e.getCause();
        } catch (InterruptedException | RuntimeException e) {
            verdict = "The quickstart itself broke: " + e;
        }
        machine.close();
        terminal.line("");
        terminal.line(verdict);
        terminal.line("%s s, and everything is stopped and removed again.".formatted(Terminal.seconds(begin)));
        return good;
    }

    private void perform(List<Manifests> manifests) throws ExecutionException, InterruptedException {
        machine.start(terminal);
        new Preparations(machine, terminal, manifests).make();
        int expected = (int) manifests.stream()
                .flatMap(each -> each.resources().stream())
                .filter(one -> one instanceof DatabaseMigration || one instanceof MigrationVerification)
                .count();
        Story story = machine.part(() -> new Story(machine.user(), terminal, expected));
        terminal.begin();
        manifests.forEach(this::apply);
        terminal.line("");
        Ending ending = new Ending(story.awaitEnd(), terminal);
        ending.checks();
        ending.failures();
        ending.tables();
        List<String> complaints = ending.complaints();
        machine.kubelet().failures().forEach(failure -> complaints.add("The stand-in kubelet failed: " + failure));
        if (!complaints.isEmpty()) {
            throw new Refused(String.join("\n", complaints));
        }
        prove(manifests);
    }

    private void prove(List<Manifests> manifests) {
        boolean example = manifests.stream()
                .flatMap(each -> each.all(DatabaseMigration.class))
                .anyMatch(DraftNote::isMadeWritableBy);
        if (example) {
            terminal.line("");
            new DraftNote(machine.postgres().admin().named(Databases.EXAMPLES)).prove(terminal);
        }
    }

    private void apply(Manifests manifests) {
        terminal.line("");
        terminal.line("$ kubectl apply -f " + manifests.file());
        for (HasMetadata resource : manifests.resources()) {
            machine.user().resource(resource).create();
            terminal.line(resource.getKind() + " " + resource.getMetadata().getNamespace() + "/"
                    + resource.getMetadata().getName() + " created");
            if (resource instanceof DatabaseMigration migration) {
                Listing.of(migration).forEach(terminal::line);
            }
        }
    }
}
