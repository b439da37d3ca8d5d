package io.tidemark.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.h2.tools.TriggerAdapter;

/** A user's trigger in H2: first names are stored in capitals. */
public final class Capitals extends TriggerAdapter {
    @Override
    public void fire(Connection connection, ResultSet before, ResultSet after) throws SQLException {
        String name = after.getString("first_name");
        if (name != null) {
            after.updateString("first_name", name.toUpperCase(Locale.ROOT));
        }
    }
}
