package org.brazeroutes.braze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.brazeroutes.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    @Test
    void aListsRecords() throws Exception {
        assertThat(read(Streams.LIST, "{'message':'success','campaigns':[{'id':'a','name':'x'},{'id':'b','new':[1]}]}"))
                .containsExactly(Map.of("id", "a", "name", "x"), Map.of("id", "b", "new", List.of(1)));
    }

    @Test
    void plainNamesBecomeRecords() throws Exception {
        assertThat(read(Streams.NAMES, "{'message':'success','events':['a','b ']}"))
                .containsExactly(Map.of("event_name", "a"), Map.of("event_name", "b "));
    }

    @Test
    void theWholeAnswerWithoutItsStatusWordIsTheRecordOfADetailsStream() throws Exception {
        assertThat(read(Streams.DETAILS, "{'name':'x','message':'success','tags':[]}")).containsExactly(Map.of("name", "x", "tags", List.of()));
    }

    @Test
    void aNestedMember() throws Exception {
        assertThat(read(Streams.SERIES, "{'data':{'name':'c','stats':[{'time':'2026-06-01'}]},'message':'success'}"))
                .containsExactly(Map.of("time", "2026-06-01"));
    }

    @Test
    void noDigitOfANumberIsLost() throws Exception {
        Map<String, Object> record = read(Streams.LIST,
                "{'message':'success','campaigns':[{'id':'a','big':12345678901234567890,'money':0.10000000000000000001}]}").get(0);
        assertThat(record).containsEntry("big", new BigInteger("12345678901234567890"))
                .containsEntry("money", new BigDecimal("0.10000000000000000001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "It works!", "<html></html>", "{'message':'success','campaigns':[", "{'message':'success','campaigns':[]} x",
            "[]", "null", "1", "'success'", "{'message':'No','campaigns':[]}", "{'message':true,'campaigns':[]}",
            "{'message':'success'}", "{'message':'success','campaigns':null}", "{'message':'success','campaigns':{}}",
            "{'message':'success','campaigns':'none'}", "{'message':'success','campaigns':[null]}", "{'message':'success','campaigns':['a']}",
            "{'message':'success','campaigns':[[]]}", "{'message':'success','campaigns':[{}]}", "{'message':'success','campaigns':[{'id':null}]}",
            "{'message':'success','campaigns':[{'id':''}]}", "{'message':'success','campaigns':[{'id':7}]}",
            "{'message':'success','campaigns':[{'id':'a'},{'name':'x'}]}"})
    void aBrokenListAnswer(String body) {
        assertThatThrownBy(() -> read(Streams.LIST, body)).isInstanceOf(BrokenAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'name':'x'}", "{'message':'Invalid Campaign ID'}", "{'message':null,'name':'x'}"})
    void aDetailsAnswerNeedsItsStatusWord(String body) {
        assertThatThrownBy(() -> read(Streams.DETAILS, body)).isInstanceOf(BrokenAnswerException.class).hasMessageContaining("message");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'message':'success','data':[]}", "{'message':'success','data':{'stats':{}}}",
            "{'message':'success','data':{'stats':[{'total_stats':{}}]}}", "{'message':'success','data':{'stats':[{'time':'06/01/2026'}]}}",
            "{'message':'success','data':{'stats':[{'time':'2026-02-30'}]}}", "{'message':'success','data':{'stats':[{'time':20260601}]}}"})
    void aBrokenSeriesAnswer(String body) {
        assertThatThrownBy(() -> read(Streams.SERIES, body)).isInstanceOf(BrokenAnswerException.class);
    }

    @Test
    void whatIsWrongIsSaidInOneLineWithoutTheRecord() {
        assertThatThrownBy(() -> read(Streams.LIST, "{'message':'success',\n\n'campaigns':[{'secret':\n'x'}]}"))
                .hasMessage("a record has no valid id");
        assertThatThrownBy(() -> read(Streams.LIST, "{'message':'success',\n\n oops"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void bytesThatAreNoUtf8AreABrokenAnswer() {
        byte[] body = "{\"message\":\"success\",\"campaigns\":[{\"id\":\"\u00ff\"}]}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> AnswerReader.read(Streams.LIST, body)).isInstanceOf(BrokenAnswerException.class);
    }

    /** Characters in more bytes than they need, and beyond the last one: the parser itself takes them. */
    @ParameterizedTest
    @ValueSource(strings = {"C080", "C181", "E08181", "E09FBF", "F0808181", "F08FBFBF", "F4908080", "F5808080", "F7BFBFBF"})
    void bytesThatOnlyLookLikeUtf8AreABrokenAnswerWhereverTheyStand(String bytes) {
        for (String place : List.of("'name':'%s'", "'%s':1", "'tags':['%s']")) {
            for (int before = 0; before < 8; before++) {
                String text = "{'message':'success','campaigns':[{'id':'" + "a".repeat(before + 1) + "'," + String.format(place, "?") + "}]}";
                assertThatThrownBy(() -> AnswerReader.read(Streams.LIST, with(bytes, text))).as(text)
                        .isInstanceOf(BrokenAnswerException.class).hasMessage("the body is not UTF-8");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C280", "DFBF", "E0A080", "ED9FBF", "EE8080", "EFBFBF", "F0908080", "F48FBFBF"})
    void theFirstAndTheLastCharacterOfEachLengthAreRead(String bytes) throws Exception {
        assertThat(AnswerReader.read(Streams.LIST, with(bytes, "{'message':'success','campaigns':[{'id':'?'}]}")).records())
                .containsExactly(Map.of("id", new String(HexFormat.of().parseHex(bytes), StandardCharsets.UTF_8)));
    }

    @Test
    void halfACharacterIsReadAlsoWhereItsBytesStandForIt() throws Exception {
        assertThat(AnswerReader.read(Streams.LIST, with("EDA080", "{'message':'success','campaigns':[{'id':'?'}]}")).records())
                .containsExactly(Map.of("id", "\ud800"));
    }

    /** The text's bytes, with these ones in place of its question mark. */
    private static byte[] with(String bytes, String text) {
        String latin = new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1);
        return text.replace('\'', '"').replace("?", latin).getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void anAnswerInAnotherEncodingIsBroken(String encoding) throws Exception {
        byte[] body = "{\"message\":\"success\",\"campaigns\":[{\"id\":\"a\"}]}".getBytes(encoding);
        assertThatThrownBy(() -> AnswerReader.read(Streams.LIST, body)).isInstanceOf(BrokenAnswerException.class).hasMessageContaining("UTF-8");
    }

    @Test
    void aMarkOfUtf8IsNoText() throws Exception {
        assertThat(read(Streams.LIST, "\uFEFF{'message':'success','campaigns':[{'id':'a'}]}")).containsExactly(Map.of("id", "a"));
    }

    private static List<Map<String, Object>> read(Stream stream, String body) throws BrokenAnswerException {
        return AnswerReader.read(stream, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).records();
    }
}
