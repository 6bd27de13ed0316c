package dev.dbmigration.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void isTheOneInTheMiddle() {
        assertThat(Median.of(DoubleStream.of(9, 1, 100))).isEqualTo(9);
    }

    @Test
    void isHalfwayBetweenTwoInTheMiddle() {
        assertThat(Median.of(DoubleStream.of(4, 100, 1, 2))).isEqualTo(3);
    }
}
