package io.patchbay.presets;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.api.chat.ChatRequest;
import io.patchbay.api.database.Database;
import io.patchbay.api.database.Databases;
import io.patchbay.api.database.Scripts;
import io.patchbay.api.failure.Failure;
import io.patchbay.api.failure.FailureKind;
import io.patchbay.api.json.JsonTree;
import io.patchbay.api.json.JsonView;
import io.patchbay.api.presets.Preset;
import io.patchbay.api.presets.Presets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component: keeps all presets in memory, for requests, and on disk. */
@Component
public final class PresetsService implements Presets {
    private static final Logger log = LoggerFactory.getLogger(PresetsService.class);
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final String FIELD = "preset";
    private static final String MODEL = "model";
    private static final String MODELS = "models";

    private final Database database;
    private final Table table;
    private final InstantSource clock;
    private final Object writing = new Object();
    /** All versions, by account and by name. Replaced, never changed. */
    private volatile Map<String, Map<String, List<Preset>>> presets = Map.of();

    /** Opens the database. */
    @Activate
    public PresetsService(@Reference Databases databases) {
        this(databases, InstantSource.system());
    }

    PresetsService(Databases databases, InstantSource clock) {
        this.clock = clock;
        try {
            database = databases.open("presets", Scripts.beside(PresetsService.class));
            table = new Table(database);
            table.all().forEach(this::remember);
        } catch (SQLException unusable) {
            log.error("Presets can't be read: {}", unusable.getMessage());
            throw new IllegalStateException("Presets can't be read: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public ChatRequest applied(ChatRequest request, String account) {
        var asked = request.json().toTree();
        var slugs = new LinkedHashSet<String>();
        var named = asked.remove(FIELD);
        if (named != null && !named.isJsonNull()) {
            slugs.add(JsonTree.text(named));
        }
        withoutPresets(asked, slugs);
        if (slugs.isEmpty()) {
            return request;
        }
        if (slugs.size() > 1) {
            throw Failure.invalid(FIELD, "A request can have one preset, not " + String.join(" and ", slugs) + '.')
                    .toException();
        }
        var slug = slugs.iterator().next();
        var merged = Merge.of(latest(account, slug), asked);
        if (JsonTree.text(merged.get(MODEL)).isEmpty()
                && JsonTree.array(merged.get(MODELS)).isEmpty()) {
            throw Failure.invalid(
                            MODEL, "The preset '" + slug + "' names no model: name one as author/name@preset/" + slug)
                    .toException();
        }
        return ChatRequest.of(JsonView.of(merged));
    }

    /** Takes the names of presets out of those of the models; what is left of a model may be nothing. */
    private static void withoutPresets(JsonObject asked, Set<String> slugs) {
        var model = withoutPreset(JsonTree.text(asked.get(MODEL)), slugs);
        if (model.isEmpty()) {
            asked.remove(MODEL);
        } else {
            asked.addProperty(MODEL, model);
        }
        if (asked.get(MODELS) instanceof JsonArray several) {
            var models = new JsonArray();
            several.forEach(name -> models.add(withoutPreset(JsonTree.text(name), slugs)));
            models.asList().removeIf(name -> name.getAsString().isEmpty());
            asked.add(MODELS, models);
        }
    }

    private static String withoutPreset(String model, Set<String> slugs) {
        int mark = model.indexOf(MARK);
        if (mark < 0) {
            return model;
        }
        slugs.add(model.substring(mark + MARK.length()));
        return model.substring(0, mark);
    }

    private Preset latest(String account, String slug) {
        var versions = versions(account, slug);
        if (versions.isEmpty()) {
            throw Failure.builder(FailureKind.NOT_FOUND, "There is no preset '" + slug + "'.")
                    .field(FIELD)
                    .build()
                    .toException();
        }
        return versions.get(versions.size() - 1);
    }

    @Override
    public List<Preset> all(String account) {
        return presets.getOrDefault(account, Map.of()).values().stream()
                .map(versions -> versions.get(versions.size() - 1))
                .toList();
    }

    @Override
    public List<Preset> versions(String account, String slug) {
        return presets.getOrDefault(account, Map.of()).getOrDefault(slug, List.of());
    }

    @Override
    public Preset save(String account, String slug, String systemPrompt, JsonView config) {
        if (!SLUG.matcher(slug).matches()) {
            throw Failure.invalid(
                            "slug", "A preset's name has lower-case letters, digits, '-' and '_', 64 at the most.")
                    .toException();
        }
        synchronized (writing) {
            int version = versions(account, slug).size() + 1;
            var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var preset = new Preset(account, slug, version, now, systemPrompt, config);
            try {
                table.insert(preset);
            } catch (SQLException failure) {
                throw unwritten(failure);
            }
            remember(preset);
            return preset;
        }
    }

    @Override
    public boolean delete(String account, String slug) {
        synchronized (writing) {
            if (versions(account, slug).isEmpty()) {
                return false;
            }
            try {
                table.delete(account, slug);
            } catch (SQLException failure) {
                throw unwritten(failure);
            }
            var ofAccount = new TreeMap<>(presets.getOrDefault(account, Map.of()));
            ofAccount.remove(slug);
            replace(account, ofAccount);
            return true;
        }
    }

    private void remember(Preset preset) {
        var versions = new ArrayList<>(versions(preset.account(), preset.slug()));
        versions.add(preset);
        var ofAccount = new TreeMap<>(presets.getOrDefault(preset.account(), Map.of()));
        ofAccount.put(preset.slug(), List.copyOf(versions));
        replace(preset.account(), ofAccount);
    }

    private void replace(String account, Map<String, List<Preset>> ofAccount) {
        var all = new TreeMap<>(presets);
        all.put(account, ofAccount);
        presets = all;
    }

    private static RuntimeException unwritten(SQLException failure) {
        log.warn("A preset can't be written: {}", failure.toString());
        return Failure.of(FailureKind.UNAVAILABLE, "Presets can't be written now. Try again in a moment.")
                .toException();
    }

    @Deactivate
    void deactivate() {
        database.close();
    }
}
