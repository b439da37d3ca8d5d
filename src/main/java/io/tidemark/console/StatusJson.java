package io.tidemark.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The status as JSON. Keys are added, never renamed: programs read it. */
public final class StatusJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private StatusJson() {}

    public static String of(List<Status.Line> streams) {
        try {
            return JSON.writeValueAsString(Map.of("streams", streams));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the status cannot be written as JSON", impossible);
        }
    }
}
