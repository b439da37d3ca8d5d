package io.tidemark.command;

import io.tidemark.route.Bridge;
import io.tidemark.route.Questions;
import io.tidemark.settings.StreamSettings;
import io.tidemark.sql.Database;
import io.tidemark.sql.Migrations;
import io.tidemark.sql.Target;
import io.tidemark.system.Shape;
import java.util.List;
import java.util.function.Consumer;

/** Everything that a DBA has to run so that the bridge needs no right to create anything. Runs none of it. */
final class DdlScript {
    private final Database database;
    private final String account;
    private final Consumer<String> say;

    DdlScript(Database database, String account, Consumer<String> say) {
        this.database = database;
        this.account = account;
        this.say = say;
    }

    void print(List<StreamSettings> streams, Bridge bridge) {
        var migrations = new Migrations(database);
        say.accept("-- For " + database.dialect().name() + " at " + database.place()
                + ". Run it as the owner of the tables; with it, tidemark.database.ddl=off works.");
        section("the bridge's own tables", migrations.statements());
        for (StreamSettings stream : streams) {
            Questions questions = bridge.questions(stream.source());
            Shape shape = questions.shape(stream.name());
            section("stream " + stream.name(), Target.statements(database, stream, shape));
        }
        say.accept("");
        say.accept("-- what the account " + account + " needs");
        statements(migrations.grants(account));
        for (StreamSettings stream : streams) {
            statements(Target.grants(
                    database, stream, bridge.questions(stream.source()).shape(stream.name()), account));
        }
    }

    private void section(String about, List<String> statements) {
        say.accept("");
        say.accept("-- " + about + (statements.isEmpty() ? ": nothing is missing" : ""));
        statements(statements);
    }

    private void statements(List<String> statements) {
        statements.forEach(statement -> say.accept(statement + ";"));
    }
}
