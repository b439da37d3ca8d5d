package io.tidemark.command;

import io.tidemark.system.SystemType;
import io.tidemark.system.accountengagement.AccountEngagement;
import io.tidemark.system.everyaction.EveryAction;
import io.tidemark.system.mpdx.Mpdx;
import io.tidemark.system.rebilly.Rebilly;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The systems that Tidemark knows. */
public final class Systems {
    /** By their names in {@code tidemark.sources.S.system}. */
    public static final Map<String, SystemType> ALL = Stream.of(
                    new EveryAction(), new AccountEngagement(), new Mpdx(), new Rebilly())
            .collect(Collectors.toUnmodifiableMap(SystemType::name, Function.identity()));

    private Systems() {}
}
