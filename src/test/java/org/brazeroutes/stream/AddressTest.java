package org.brazeroutes.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://u:geheim@db:1/x | jdbc:postgresql://***@db:1/x   | no host u:geheim@db              | no host ***@db
            jdbc:mariadb://u:geheim@db:1/x    | jdbc:mariadb://***@db:1/x      | Incorrect port value : geheim@db | Incorrect port value : ***@db
            jdbc:mariadb://u:geheim@db:1/x    | jdbc:mariadb://***@db:1/x      | at jdbc:mariadb://u:geheim@db:1/x | at jdbc:mariadb://***@db:1/x
            log:x?password=geheim&a=b         | log:x?password=***&a=b         | Unknown [{password=geheim}], a=b | Unknown [{password=***}], a=b
            log:x?password=RAW(a&b)           | log:x?password=***             | Unknown [{password=a&b}]         | Unknown [{password=***}]
            log:x?password=a%26b              | log:x?password=***             | Unknown [{password=a&b}]         | Unknown [{password=***}]
            x:y?token=a%zz                    | x:y?token=***                  | no a%zz                          | no ***
            x:y?user=me                       | x:y?user=***                   | some name                        | some name
            x:y                               | x:y                            | x:y is wrong                     | x:y is wrong
            """)
    void whatIsNotShownIsHiddenInWhatOthersSayToo(String text, String shown, String said, String hidden) {
        assertThat(new Address(text, shown).hideIn(said)).isEqualTo(hidden);
    }

    @Test
    void aFailureThatTellsASecretIsNoCause() {
        var address = new Address("x:y?token=abc", "x:y?token=***");
        var harmless = new IllegalStateException("no x");
        assertThat(address.cause(harmless)).isSameAs(harmless);
        assertThat(address.cause(new IllegalStateException("no x", new IllegalArgumentException("token=abc")))).isNull();
    }

    @Test
    void printsOnlyWhatIsShown() {
        assertThat(new Address("x:y?token=abc", "x:y?token=***")).hasToString("x:y?token=***");
    }
}
