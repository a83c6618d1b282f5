package org.brazeroutes.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.brazeroutes.camel.Check;
import org.brazeroutes.camel.Checker;

/** Tries everything out and prints a line for each thing. */
final class CheckReport {

    private final Call call;

    CheckReport(Call call) {
        this.call = call;
    }

    int print() {
        Signals.endAtOnce();
        List<Check> checks = new ArrayList<>();
        try (Checker checker = new Checker(new Wiring(call.settings(), call.console(), false).check(), check -> print(checks, check))) {
            print(checks, new Check("settings", Check.Verdict.OK, ""));
            boolean accepted = checker.check();
            checker.routeErrors().forEach(error -> print(checks, new Check("route file", Check.Verdict.FAILED, error)));
            boolean good = checks.stream().allMatch(check -> check.verdict().good());
            return !accepted || !checker.routeErrors().isEmpty() ? ExitCode.USAGE : good ? ExitCode.COMPLETE : ExitCode.INCOMPLETE;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void print(List<Check> checks, Check check) {
        checks.add(check);
        if (call.json()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("check", check.subject());
            fields.put("result", check.verdict().text());
            fields.put("detail", check.detail().isEmpty() ? null : check.detail());
            call.console().json(fields);
        } else {
            String detail = check.detail().isEmpty() ? ""
                    : check.verdict() == Check.Verdict.NOT_TESTABLE ? " (" + check.detail() + ")" : ": " + check.detail();
            call.console().line(check.subject() + ": " + check.verdict().text() + detail);
        }
    }
}
