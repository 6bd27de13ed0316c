package dev.dbmigration.engine;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Jars of a class path by the names of their artifacts, so that a tool is given its own and no others. */
record Jars(List<Path> classPath) {

    /** Those of this JVM. */
    static Jars ofThisJvm() {
        String whole = System.getProperty("java.class.path");
        return new Jars(Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(whole)
                .map(Path::of)
                .toList());
    }

    /**
     * A class path of these artifacts alone.
     *
     * @throws LeftOut where one of them is not there
     */
    String of(List<String> artifacts) throws LeftOut {
        List<String> found = new ArrayList<>();
        for (String artifact : artifacts) {
            found.add(jar(artifact).toString());
        }
        return String.join(File.pathSeparator, found);
    }

    String version(String artifact) throws LeftOut {
        String name = jar(artifact).getFileName().toString();
        return name.substring(artifact.length() + 1, name.length() - ".jar".length());
    }

    private Path jar(String artifact) throws LeftOut {
        Pattern name = Pattern.compile(Pattern.quote(artifact) + "-\\d.*\\.jar");
        return classPath.stream()
                .filter(path -> name.matcher(path.getFileName().toString()).matches())
                .findFirst()
                .orElseThrow(() -> new LeftOut(artifact + " is not on the class path"));
    }
}
