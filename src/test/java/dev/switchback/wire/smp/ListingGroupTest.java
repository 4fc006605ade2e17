package dev.switchback.wire.smp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups 2 and 10. */
class ListingGroupTest {
  static final StatPort COUNTERS =
      new StatPort() {
        @Override
        public List<String> names() {
          return List.of("link", "infer");
        }

        @Override
        public void show(String name, CborWriter fields) throws IOException {
          fields.number(name + "_frames", 3);
          fields.number("largest", Long.MAX_VALUE);
        }
      };

  private final StatGroup stat = new StatGroup(COUNTERS);
  private final Exchange counters = new Exchange(stat);
  private final Exchange groups = new Exchange(new EnumGroup(List.of(stat)));

  @Test
  void countersAreListedAndShown() throws SmpException {
    assertEquals(List.of("link", "infer"), counters.read(2, 1, map -> {}).texts("stat_list"));
    SmpMap answer = counters.read(2, 0, map -> map.text("name", "link"));
    assertEquals("link", answer.text("name"));
    assertEquals(3, answer.map("fields").number("link_frames"));
    assertEquals(Long.MAX_VALUE, answer.map("fields").number("largest"));
  }

  @Test
  void unknownCountersAreRefused() {
    SmpMap answer = counters.read(2, 0, map -> map.text("name", "lin"));
    assertEquals("2/3", Exchange.outcome(answer));
    assertEquals("3", Exchange.outcome(counters.read(2, 0, map -> {})));
  }

  @Test
  void groupsAreCountedAndListed() throws SmpException {
    assertEquals(2, groups.read(10, 0, map -> {}).number("count"));
    assertEquals(List.of(10L, 2L), groups.read(10, 1, map -> {}).numbers("groups"));
  }

  @Test
  void groupsAreToldOneByOne() throws SmpException {
    SmpMap first = groups.read(10, 2, map -> {});
    assertEquals(10, first.number("group"));
    assertFalse(first.has("end"));
    SmpMap second = groups.read(10, 2, map -> map.number("index", 1));
    assertEquals(2, second.number("group"));
    assertTrue(second.flag("end", false));
  }

  @ParameterizedTest
  @ValueSource(longs = {2, -1, Long.MAX_VALUE, Long.MIN_VALUE})
  void anIndexBehindTheLastIsRefused(long index) {
    assertEquals("10/4", Exchange.outcome(groups.read(10, 2, map -> map.number("index", index))));
  }

  @Test
  void detailsAreOfTheGroupsAskedFor() throws SmpException {
    assertEquals(2, groups.read(10, 3, map -> {}).maps("groups").size());
    List<SmpMap> details =
        groups
            .read(
                10,
                3,
                map -> {
                  map.list("groups");
                  map.number(2);
                  map.number(77);
                  map.end();
                })
            .maps("groups");
    assertEquals(1, details.size());
    assertEquals("stat mgmt", details.getFirst().text("name"));
    assertEquals(2, details.getFirst().number("handlers"));
  }

  @Test
  void otherCommandsAreNotSupported() {
    assertEquals("8", Exchange.outcome(counters.write(2, 0, map -> map.text("name", "link"))));
    assertEquals("8", Exchange.outcome(counters.read(2, 2, map -> {})));
    assertEquals("8", Exchange.outcome(groups.write(10, 0, map -> {})));
    assertEquals("8", Exchange.outcome(groups.read(10, 4, map -> {})));
  }
}
