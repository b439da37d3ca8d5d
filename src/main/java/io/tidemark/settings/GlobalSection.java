package io.tidemark.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** The keys of no source and no stream: checked, then built. */
final class GlobalSection {
    private static final String H2_USER = "sa";

    private final Section section;
    private final Path folder;

    private GlobalSection(Section section, Path folder) {
        this.section = section;
        this.folder = folder;
    }

    static GlobalSection check(Section section, Path folder, UnknownKeys unknown) {
        String url = section.text(GlobalKeys.URL).orElse(DatabaseUrl.STANDARD);
        if (DatabaseUrl.isH2(url)) {
            section.standard(GlobalKeys.USERNAME, H2_USER);
        }
        section.check(GlobalKeys.ALL);
        var global = new GlobalSection(section, folder);
        global.checkDatabase();
        unknown.global(section);
        return global;
    }

    private void checkDatabase() {
        section.find(GlobalKeys.URL).ifPresent(url -> {
            section.show(GlobalKeys.URL, DatabaseUrl.masked(DatabaseUrl.opened(url, folder)));
            if (!DatabaseUrl.isH2(url) && !DatabaseUrl.namesUser(url) && !section.has(GlobalKeys.USERNAME)) {
                section.refuse(
                        GlobalKeys.USERNAME, "is required for this database; PostgreSQL needs to know who connects");
            }
        });
    }

    List<EffectiveValue> effective() {
        return section.effective();
    }

    DatabaseSettings database() {
        return new DatabaseSettings(
                DatabaseUrl.opened(section.get(GlobalKeys.URL), folder),
                section.find(GlobalKeys.USERNAME).orElse(""),
                section.find(GlobalKeys.PASSWORD).orElse(""),
                section.get(GlobalKeys.POOL_SIZE),
                section.find(GlobalKeys.SCHEMA),
                section.get(GlobalKeys.DDL));
    }

    boolean outbound() {
        return section.get(GlobalKeys.OUTBOUND);
    }

    ZoneId timeZone() {
        return section.get(GlobalKeys.TIME_ZONE);
    }

    Duration retention() {
        return section.get(GlobalKeys.RETENTION);
    }
}
