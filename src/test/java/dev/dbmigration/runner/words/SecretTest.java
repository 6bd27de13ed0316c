package dev.dbmigration.runner.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "correct-horse, user:correct-horse@db, user:…@db",
                "correct-horse, xcorrect-horsex, x…x",
                "x, relation does not exist, relation does not exist",
                "x, password 'x' is wrong, password '…' is wrong",
                "a+b, uri u:a+b@h, uri u:…@h",
                "p@ss/word+1, uri u:p%40ss%2Fword%2B1@h, uri u:…@h",
                "it's a secret, PASSWORD 'it''s a secret', PASSWORD '…'",
                "'correct-horse\n', is correct-horse, is …",
                "none, nothing is hidden, nothing is hidden",
                "'', nothing is hidden, nothing is hidden"
            })
    void isHiddenWhereItIsMeant(String password, String text, String shown) {
        assertThat(new Secret(password).apply(text)).isEqualTo(shown);
    }
}
