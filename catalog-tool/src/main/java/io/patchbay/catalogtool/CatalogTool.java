package io.patchbay.catalogtool;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;

/** Writes the catalogue and the files of providers that have none yet. */
public final class CatalogTool {
    private static final String USAGE = "Usage: update MODELS_DEV_PROVIDERS.json OPENROUTER_MODELS.json ETC YYYY-MM-DD";

    private CatalogTool() {}

    /**
     * Writes {@code ETC/catalog/*.json} anew, and {@code ETC/io.patchbay.provider~NAME.cfg} where there is no such file.
     *
     * @param args both lists, the folder {@code etc}, and the day the lists are of
     * @throws IOException if a list can't be read or a file can't be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 4 || !args[3].matches("\\d{4}-\\d{2}-\\d{2}")) {
            System.err.println(USAGE);
            System.exit(2);
        }
        System.out.println(run(read(args[0]), read(args[1]), Path.of(args[2]), args[3]));
    }

    private static JsonObject read(String file) throws IOException {
        return JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonObject();
    }

    static String run(JsonObject providers, JsonObject models, Path etc, String asOf) throws IOException {
        var catalogue = new Catalogue(providers, models, asOf);
        var variables = catalogue.variables();
        Files.createDirectories(etc.resolve("catalog"));
        var distinct = new TreeSet<String>();
        int endpoints = 0;
        int files = 0;
        int configurations = 0;
        for (var source : catalogue.sources()) {
            var entries = catalogue.entries(source);
            if (!entries.isEmpty()) {
                Files.writeString(etc.resolve("catalog").resolve(source.name() + ".json"), catalogue.json(source));
                distinct.addAll(entries.keySet());
                endpoints += entries.size();
                files++;
            }
            var file = etc.resolve("io.patchbay.provider~" + source.name() + ".cfg");
            if (!source.isByHand() && !Files.exists(file)) {
                var example = entries.keySet().stream().findFirst().orElse(source.name() + "/model");
                Files.writeString(file, configuration(source, variables.getOrDefault(source.name(), ""), example));
                configurations++;
            }
        }
        return distinct.size() + " models, " + endpoints + " endpoints, " + files + " files of the catalogue, "
                + configurations + " new files of providers";
    }

    private static String configuration(Source source, String variable, String example) {
        try (var template = CatalogTool.class.getResourceAsStream("provider.cfg")) {
            if (template == null) {
                throw new IllegalStateException("provider.cfg is missing");
            }
            return new String(template.readAllBytes(), UTF_8)
                    .replace("{display}", source.displayName())
                    .replace("{name}", source.name())
                    .replace("{variable}", variable)
                    .replace("{url}", source.url().orElse(""))
                    .replace("{model}", example);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
