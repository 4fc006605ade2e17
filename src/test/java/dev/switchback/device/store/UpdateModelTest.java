package dev.switchback.device.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateModelTest {
  @Test
  void theModelHasTheRowsOfTheTable() throws IOException {
    Path written = Files.createDirectories(Path.of("target")).resolve("update.pml");
    Files.writeString(written, UpdateModel.of(Transition.TABLE));
    assertEquals(
        Files.readString(written),
        Files.readString(UpdateModel.FILE),
        "cp " + written + " src/docs");
  }

  @Test
  void aMutationChangesOneRow() {
    List<Mutation> all = Mutation.all();
    for (Mutation mutation : all) {
      List<Transition> others =
          Transition.TABLE.stream().filter(mutation.table()::contains).toList();
      assertEquals(Transition.TABLE.size() - 1, others.size(), mutation::name);
      assertEquals(Transition.TABLE.size(), mutation.table().size(), mutation::name);
    }
    assertEquals(all.size(), all.stream().map(Mutation::table).distinct().count());
    assertEquals(all.size(), all.stream().map(Mutation::name).distinct().count());
  }
}
