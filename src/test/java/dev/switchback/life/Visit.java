package dev.switchback.life;

import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.Key;
import dev.switchback.device.config.PeerControl;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceLife;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.Swap;
import dev.switchback.format.ImageVersion;
import dev.switchback.format.WeightImage;
import dev.switchback.lesson.TrainingAdvice;
import dev.switchback.sim.FakeBoard;
import dev.switchback.wire.smp.SmpHeader;
import dev.switchback.wire.smp.SmpMap;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The owner at a device with nothing broken: whatever is asked for is answered, and done. All other
 * promises of a life would also be kept by a device that does nothing.
 */
final class Visit {
  private static final int CHUNK_BYTES = 400;
  private static final int MANY_STEPS = 40_000;
  private static final long PRESSED_NANOS = 30_000_000;
  private static final long HELD_NANOS = 3_100_000_000L;
  private static final long BLINKED_NANOS = 1_000_000_000;

  private final DeviceLife program;
  private final Device device;
  private final Peers peers;
  private final FakeBoard board;
  private final ShellVisit shell;
  private final Offer owners;

  Visit(DeviceLife program, Peers peers, FakeBoard board, Offer owners) {
    this.owners = owners;
    this.program = program;
    this.device = program.device();
    this.peers = peers;
    this.board = board;
    this.shell = new ShellVisit(program, peers, board);
  }

  /**
   * Asks for everything.
   *
   * @return the image that must answer after the next start; null if the device trained another
   */
  @Nullable WeightImage run(Random random) throws IOException {
    maintain();
    requireStatus();
    requireExecute();
    shell.run(random);
    if (store().swap() == Swap.REVERT) {
      done(ask(SmpHeader.WRITE, 100, 5, map -> {}));
      require(store().swap() != Swap.REVERT, "a trial goes on after revert");
    }
    requireRefusal(random);
    WeightImage image = deploy(random);
    if (random.nextInt(4) == 0) {
      return teach() ? null : image;
    }
    if (device.configuration().cableControl() != PeerControl.ALL || random.nextBoolean()) {
      return image;
    }
    erase();
    return retrain() ? null : image;
  }

  /**
   * Presses the teach button, and holds it.
   *
   * @return whether the device learnt another image
   */
  private boolean teach() {
    TruthTable before = device.truth();
    int row = board.row();
    boolean hasLearnt = press(PRESSED_NANOS, before.withAnswer(row, 1 - before.answer(row)));
    return press(HELD_NANOS, device.configuration().get(Key.TRUTH)) || hasLearnt;
  }

  /** Returns whether the device learnt what the button asked for. */
  private boolean press(long nanos, TruthTable wanted) {
    TruthTable before = device.truth();
    boolean isLearnable =
        !device.configuration().lessonRule().excludes(wanted)
            && TrainingAdvice.impossible(device.lesson().topology(), wanted) == null;
    board.setTeach(true);
    program.sleep(nanos);
    board.setTeach(false);
    program.sleep(PRESSED_NANOS);
    maintain();
    program.sleep(BLINKED_NANOS);
    TruthTable now = device.truth();
    require(now.equals(isLearnable ? wanted : before), "taught " + wanted + ", answers " + now);
    require(board.shown() == now.answer(board.row()), "the LED does not show what was taught");
    return isLearnable && !wanted.equals(before);
  }

  private void requireStatus() throws IOException {
    peers.echo();
    SmpMap status = done(ask(SmpHeader.READ, 100, 0, map -> {}));
    require(status.text("state").equals(device.status().state()), "status reports another state");
    SmpMap images = done(ask(SmpHeader.READ, 1, 0, map -> {}));
    long kept = store().slots().stream().filter(slot -> slot.image() != null).count();
    require(images.maps("images").size() == kept, "the images are not those of the slots");
    SmpMap files = done(ask(SmpHeader.READ, 2, 1, map -> {}));
    require(files.has("stat_list"), "no list of counters");
  }

  /** The shell over SMP has no prompt at which a command could go on. */
  private void requireExecute() throws IOException {
    String answer = device.truth().answer(1) + " (output ";
    require(executed(0, "infer", "0", "1").contains(answer), "infer 0 1 shows no answer");
    require(executed(1, "infer", "0").contains("infer takes 2"), "infer 0 is not refused");
    require(executed(1, "watch").contains("only at a prompt"), "watch is not refused");
    require(!executed(1, "load").isEmpty(), "load is refused without a reason");
  }

  private String executed(int result, String... words) throws IOException {
    SmpMap answer =
        done(
            ask(
                SmpHeader.WRITE,
                9,
                0,
                map -> {
                  map.list("argv");
                  for (String word : words) {
                    map.text(word);
                  }
                  map.end();
                }));
    String said = answer.text("o");
    require(answer.number("ret") == result, words[0] + " returns another result: " + said);
    return said;
  }

  /** What must not come in is refused with a reason, and slot 1 stays. */
  private void requireRefusal(Random random) throws IOException {
    @Nullable WeightImage before = store().slots().get(1).image();
    byte[] file = Offer.unfit(random).file();
    if (random.nextBoolean()) {
      SmpMap answer = upload(file);
      require(answer.has("err") || answer.number("rc", 0) != 0, "an unfit image is taken");
    } else {
      shell.waitQuietly();
      String said = shell.load(file);
      require(said.contains("not loaded: "), "load takes an unfit image: " + said);
    }
    String reason = device.refused();
    require(reason != null && !reason.isEmpty(), "refused without a reason");
    require(hash(before).equals(hash(store().slots().get(1).image())), "a refusal touched slot 1");
  }

  private WeightImage deploy(Random random) throws IOException {
    byte[] file = owners.file();
    WeightImage image = WeightImage.read(file);
    if (random.nextBoolean()) {
      done(upload(file));
    } else {
      shell.waitQuietly();
      String said = shell.load(file);
      require(said.contains("loaded, " + file.length + " bytes"), "load says: " + said);
    }
    SlotStatus slot1 = store().slots().get(1);
    require(hash(slot1.image()).equals(image.hashText()), "slot 1 does not hold the upload");
    done(
        ask(
            SmpHeader.WRITE,
            1,
            0,
            map -> {
              map.bytes("hash", image.hash());
              map.flag("confirm", false);
            }));
    require(store().slots().get(1).pending(), "what is marked is not pending");
    done(ask(SmpHeader.WRITE, 0, 5, map -> {}));
    require(
        hash(store().running().image()).equals(image.hashText()) && store().running().onTrial(),
        "a reset does not start the trial");
    shell.waitQuietly();
    if (random.nextBoolean()) {
      done(ask(SmpHeader.WRITE, 1, 0, map -> map.flag("confirm", true)));
    } else {
      peers.typed("\003");
      peers.typed("confirm\r");
    }
    require(!store().running().onTrial(), "confirm does not end the trial");
    if (!device.configuration().get(Key.PUBLIC_KEY).isEmpty()) {
      requireNothingOlder(image, random);
    }
    return image;
  }

  /** With a key, what was confirmed is the lowest version to come. */
  private void requireNothingOlder(WeightImage confirmed, Random random) throws IOException {
    ImageVersion highest = store().highest();
    require(
        highest != null && highest.compareTo(confirmed.version()) >= 0,
        "confirmed " + confirmed.version() + ", highest " + highest);
    SmpMap answer = upload(Offer.former(random).file());
    String reason = String.valueOf(device.refused());
    require(
        (answer.has("err") || answer.number("rc", 0) != 0) && reason.contains("is older than"),
        "an older image is taken, or refused as " + reason);
  }

  private void erase() throws IOException {
    done(ask(SmpHeader.WRITE, 1, 5, map -> {}));
    require(store().slots().get(1).image() == null, "slot 1 is not empty after erase");
  }

  /** Returns whether the network was learnt, and takes over. */
  private boolean retrain() throws IOException {
    int before = device.training().count();
    done(ask(SmpHeader.WRITE, 100, 3, map -> {}));
    maintain();
    require(device.training().count() == before + 1, "no training was begun");
    return device.training().text().startsWith("solved");
  }

  /** Returns the answer to the last chunk. */
  private SmpMap upload(byte[] file) throws IOException {
    int offset = 0;
    while (true) {
      int from = offset;
      int end = Math.min(file.length, from + CHUNK_BYTES);
      SmpMap answer =
          ask(
              SmpHeader.WRITE,
              1,
              1,
              map -> {
                map.number("off", from);
                map.bytes("data", Arrays.copyOfRange(file, from, end));
                if (from == 0) {
                  map.number("len", file.length);
                }
              });
      if (!answer.has("off") || end == file.length) {
        require(!answer.has("off") || answer.number("off") == end, "the last offset is wrong");
        return answer;
      }
      offset = (int) answer.number("off");
      require(offset == end, "the offset is " + offset + " after " + end + " bytes");
    }
  }

  private SmpMap ask(int operation, int group, int command, Peers.Fields fields) {
    return peers.ask(operation, group, command, fields);
  }

  private static SmpMap done(SmpMap answer) throws IOException {
    long code = answer.has("err") ? answer.map("err").number("rc") : answer.number("rc", 0);
    require(code == 0, "refused with error " + code);
    return answer;
  }

  private void maintain() {
    for (int i = 0; i < MANY_STEPS && program.maintain(); i++) {
      // Each call runs one step.
    }
    require(!device.training().running(), "a training does not end");
  }

  private StoreStatus store() {
    return device.status().store();
  }

  private static String hash(@Nullable WeightImage image) {
    return image == null ? "none" : image.hashText();
  }

  private static void require(boolean fact, String otherwise) {
    Broken.unless(fact, otherwise);
  }
}
