package io.tidemark.sandbox;

import io.tidemark.sandbox.accountengagement.AccountEngagementSandbox;
import io.tidemark.sandbox.everyaction.EveryActionSandbox;
import io.tidemark.sandbox.mpdx.MpdxSandbox;
import io.tidemark.sandbox.rebilly.RebillySandbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The pretended systems by name, and how to use them. */
public final class Sandbox {
    private static final Map<String, IntFunction<PretendedSystem>> SYSTEMS = systems();

    private Sandbox() {}

    private static Map<String, IntFunction<PretendedSystem>> systems() {
        var systems = new LinkedHashMap<String, IntFunction<PretendedSystem>>();
        systems.put(
                "everyaction",
                port -> EveryActionSandbox.start(
                        EveryActionSandbox.Options.standard().ports(port, 0)));
        systems.put(
                "account-engagement",
                port -> AccountEngagementSandbox.start(
                        AccountEngagementSandbox.Options.standard().ports(port, 0, 0)));
        systems.put(
                "mpdx", port -> MpdxSandbox.start(MpdxSandbox.Options.standard().ports(port, 0)));
        systems.put(
                "rebilly",
                port -> RebillySandbox.start(RebillySandbox.Options.standard().ports(port, 0)));
        return systems;
    }

    /** The systems that can be pretended, EveryAction first. */
    public static List<String> systemNames() {
        return List.copyOf(SYSTEMS.keySet());
    }

    /**
     * Starts a pretended system.
     *
     * @param port of the API, 0 for any free one
     * @throws IllegalArgumentException for a system that cannot be pretended, naming those that can
     */
    public static PretendedSystem start(String system, int port) {
        IntFunction<PretendedSystem> start = SYSTEMS.get(system);
        if (start == null) {
            throw new IllegalArgumentException(
                    "there is no sandbox named " + system + "; there are: " + String.join(", ", SYSTEMS.keySet()));
        }
        return start.apply(port);
    }

    /**
     * The lines of configuration with which a pretended system can be used.
     *
     * @param source the name of the source
     */
    public static String configuration(PretendedSystem system, String source) {
        var lines = new LinkedHashMap<String, String>();
        lines.put("system", system.system());
        lines.put("base-url", system.baseUrl().toString());
        lines.putAll(system.options());
        return lines.entrySet().stream()
                .map(line -> "tidemark.sources." + source + "." + line.getKey() + "="
                        + line.getValue().replace("\n", "\\n") + "\n")
                .collect(Collectors.joining());
    }
}
