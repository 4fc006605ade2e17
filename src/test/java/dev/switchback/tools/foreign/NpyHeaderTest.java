package dev.switchback.tools.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.switchback.format.FormatException;
import dev.switchback.format.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderTest {
  private static final String NUMPY =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 8), }    \n";

  private static NpyHeader parse(String text) throws FormatException {
    return NpyHeader.parse("W1", text);
  }

  private static String refusal(String text) {
    return String.valueOf(
        assertThrows(FormatException.class, () -> parse(text), text).getMessage());
  }

  @Test
  void whatNumpyWritesIsRead() throws FormatException {
    assertEquals(
        new NpyHeader(ForeignType.ofNumpy("<f4"), false, new Shape(List.of(2L, 8L))), parse(NUMPY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape': (3,), 'fortran_order': True, 'descr': '<f8'}",
        "{ 'fortran_order' :True ,'descr':'<f8','shape':( 3 , )  ,}\n",
        "{'descr':'<f8','shape':(3,),'fortran_order':True}   "
      })
  void keysComeInAnyOrderAndSpacesDoNotCount(String text) throws FormatException {
    assertEquals(
        new NpyHeader(ForeignType.ofNumpy("<f8"), true, new Shape(List.of(3L))), parse(text));
  }

  @Test
  void tuplesMayEndWithAComma() throws FormatException {
    assertEquals(List.of(2L, 8L), parse(NUMPY.replace("8)", "8,)")).shape().dimensions());
  }

  @Test
  void structuresAreNamedByTheirFields() throws FormatException {
    String fields = "[('x]', '<f4'), ('y', [('z', '<i4')])]";
    NpyHeader header = parse(NUMPY.replace("'<f4'", fields));
    assertEquals(fields, header.type().name());
    assertEquals("a structure", header.type().title());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'descr'; 'dtype'; character 9 of the header: key 'dtype', descr, fortran_order or shape"
            + " expected",
        "'shape'; 'descr'; character 49 of the header: key 'descr' is there twice",
        "False; 0; character 34 of the header: True or False expected, found '0'",
        "'<f4'; 4; character 10 of the header: ''' expected, found '4'",
        "(2, 8); (8); character 52 of the header: ',' expected, found ')'",
        "(2, 8); [2]; character 50 of the header: '(' expected, found '['",
        "(2, 8); (-2,); character 51 of the header: a dimension expected, found '-'",
        "(2, 8); (2L,); character 52 of the header: ',' expected, found 'L'",
        "(2, 8); (2 8); character 53 of the header: ',' expected, found '8'",
        "(2, 8); (1000000000000000000,); character 51 of the header: a dimension expected, found"
            + " '1'",
        ", }; , , }; character 58 of the header: ''' expected, found ','",
        ", }; , }}; character 59 of the header: nothing but spaces expected, found '}'",
        "{; [; character 0 of the header: '{' expected, found '['"
      })
  void anythingElseIsRefusedWithItsPlace(String part, String other, String message) {
    assertTrue(NUMPY.contains(part), part);
    assertEquals("entry W1.npy, " + message, refusal(NUMPY.replace(part, other)));
  }

  @Test
  void everyKeyIsNeeded() {
    assertEquals("entry W1.npy, character 2 of the header: key 'descr' is missing", refusal("{}"));
    assertTrue(refusal("{'descr': '<f4'}").endsWith(": key 'fortran_order' is missing"));
    assertTrue(
        refusal("{'descr': '<f4', 'fortran_order': True}").endsWith(": key 'shape' is missing"));
  }

  @Test
  void aHeaderThatEndsEarlyIsRefused() {
    int end = NUMPY.indexOf('}');
    for (int length = 0; length <= end; length++) {
      String message = refusal(NUMPY.substring(0, length));
      assertTrue(message.startsWith("entry W1.npy, character "), message);
    }
    assertEquals(
        "entry W1.npy, character 2 of the header: a string without its end", refusal("{'descr"));
    assertEquals(
        "entry W1.npy, character 23 of the header: a list of fields without its end",
        refusal("{'descr': [('x]', '<f4'"));
  }

  @Test
  void noOtherCharacterThrowsAnythingElse() {
    int refused = 0;
    for (int k = 0; k < NUMPY.length(); k++) {
      for (char c = 0; c < 256; c++) {
        refused += isRefused(NUMPY.substring(0, k) + c + NUMPY.substring(k + 1)) ? 1 : 0;
      }
    }
    assertTrue(refused > 240 * NUMPY.indexOf('}'), "refused " + refused);
  }

  private static boolean isRefused(String text) {
    try {
      assertTrue(parse(text).shape().values() >= 0);
      return false;
    } catch (FormatException e) {
      return true;
    }
  }
}
