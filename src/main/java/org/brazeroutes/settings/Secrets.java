package org.brazeroutes.settings;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps credentials out of what is printed: inside URLs (JDBC, HTTP, Camel), error texts and setting names. */
public final class Secrets {

    private static final String SECRET_NAME = "(?:(?:\\w[\\w.-]*)?(?:passw(?:or)?d|passphrase|pwd|secret|token|credential|jaas|authorization"
            + "|(?:access|api|account|private|shared|encryption|functions|subscription)[\\w.-]*key)[\\w.-]*|[\\w.-]*signature|sig|sas)";
    private static final String USER_NAME = "user(?:-?name)?|uid|login";

    /** A parameter's value ends where the next one begins; RAW(…) and {…} may hold separators. */
    private static final String VALUE = "(?:RAW\\(.*?\\)(?=[&;]|$)|RAW\\{.*?\\}(?=[&;]|$)|\\{[^}]*\\}|%s)";

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern IN_QUERY = parameter("[?&]", "[^&]*");
    private static final Pattern IN_LIST = parameter(";", "[^;]*");
    private static final Pattern IN_BRACKETS = parameter("\\(", "[^)]*");
    /** Greedy: a password may hold an at sign. */
    private static final Pattern USER_INFO = Pattern.compile("//.*@");
    /** Camel takes ftp:user:password@host without slashes too. */
    private static final Pattern LOGIN_WITHOUT_SLASHES = Pattern.compile("(?<=^(?!jdbc:)[\\w+.-]{1,40}:)(?!//)[^/?@:]+:[^?]*(?=@)");
    private static final Pattern ORACLE_LOGIN = Pattern.compile("(?<=^jdbc:oracle:thin:)[^@]+(?=@)");

    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "[?&;(](?:" + SECRET_NAME + ")\\s*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern PASSWORD_IN_AUTHORITY = Pattern.compile("//[^@]*:.*@");
    private static final Pattern LOGIN_PARAMETER = Pattern.compile(
            "[?&;(](?:" + USER_NAME + ")\\s*=\\s*[^&;)]", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile(SECRET_NAME, Pattern.CASE_INSENSITIVE);

    /** What is known to be secret, such as the API key: hidden wherever it turns up. */
    private static volatile List<String> known = List.of();

    /** Shorter ones would blacken ordinary words. */
    private static final int SHORTEST = 6;

    private Secrets() {
    }

    /** From now on these are hidden in all texts, whoever says them: a route may log any placeholder. */
    static void hide(Collection<Secret> secrets) {
        known = secrets.stream().map(Secret::reveal).filter(secret -> secret.length() >= SHORTEST).toList();
    }

    /** The URL with every user, password, token and access key in it replaced by {@code ***}. */
    public static String mask(String url) {
        String masked = USER_INFO.matcher(maskParameters(url)).replaceAll("//***@");
        masked = LOGIN_WITHOUT_SLASHES.matcher(masked).replaceAll("***");
        return ORACLE_LOGIN.matcher(masked).replaceAll("***");
    }

    /** A sentence, such as a driver's error message, with each URL in it masked. */
    public static String maskText(String text) {
        String masked = WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(mask(word.group())));
        for (String secret : known) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }

    /** Whether a URL holds a password or its like; a user's name alone is none. */
    static boolean inUrl(String url) {
        return SECRET_PARAMETER.matcher(url).find() || PASSWORD_IN_AUTHORITY.matcher(maskParameters(url)).find()
                || LOGIN_WITHOUT_SLASHES.matcher(url).find() || ORACLE_LOGIN.matcher(url).find();
    }

    /** Whether a URL says who logs in. */
    static boolean loginInUrl(String url) {
        return LOGIN_PARAMETER.matcher(url).find() || USER_INFO.matcher(maskParameters(url)).find()
                || ORACLE_LOGIN.matcher(url).find();
    }

    /** Whether a setting of this name (one of Camel's, say) holds a secret. */
    static boolean inName(String name) {
        return NAME.matcher(name).matches();
    }

    private static String maskParameters(String url) {
        String masked = IN_QUERY.matcher(url).replaceAll("$1***");
        masked = IN_LIST.matcher(masked).replaceAll("$1***");
        return IN_BRACKETS.matcher(masked).replaceAll("$1***");
    }

    private static Pattern parameter(String start, String plainValue) {
        return Pattern.compile("(" + start + "(?:" + SECRET_NAME + "|" + USER_NAME + ")\\s*=)" + VALUE.formatted(plainValue),
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
