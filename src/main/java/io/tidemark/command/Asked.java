package io.tidemark.command;

import io.tidemark.sql.Decisions.Answer;

/** What the commands for people's decisions have in common. */
final class Asked {
    private Asked() {}

    /** Says what came of a decision, and lets what is to be sent go at once. */
    static int tell(TidemarkCommand command, Workplace workplace, Answer answer) {
        if (answer.sends() && workplace.settings().outbound()) {
            workplace.store().outboundDue(answer.stream());
        }
        command.say(answer.words()
                + (answer.sends() && !workplace.settings().outbound() ? ", once tidemark.outbound is on again" : ""));
        return answer.done() ? CommandLineInterface.OK : CommandLineInterface.UNWELL;
    }
}
