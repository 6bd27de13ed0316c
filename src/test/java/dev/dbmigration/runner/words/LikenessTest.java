package dev.dbmigration.runner.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {

    @ParameterizedTest
    @CsvSource({
        "ClinicalNote, clinical_notes",
        "clinicalnote, clinical_notes",
        "appointmentid, appointmentId",
        "appointment_id, appointmentId",
        "Company, companies",
        "HTTPBoxes, http_box",
        "public_Task, publicTasks"
    })
    void theSameWordInOtherClothes(String one, String other) {
        assertThat(Likeness.distance(one, other)).isZero();
        assertThat(Likeness.distance(other, one)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"clincal_notes, clinical_notes", "tsaks, tasks", "patient, patients2"})
    void aSlipIsNear(String one, String other) {
        assertThat(Likeness.distance(one, other)).isPositive().isLessThan(0.34);
    }

    @ParameterizedTest
    @CsvSource({"tasks, orders", "a, b", "users, clinical_notes"})
    void anotherWordIsFar(String one, String other) {
        assertThat(Likeness.distance(one, other)).isGreaterThan(0.34);
    }
}
