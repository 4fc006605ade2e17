package dev.switchback.life;

import dev.switchback.device.config.CableControl;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceLife;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.Swap;
import dev.switchback.format.WeightImage;
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
  private static final long QUIET_NANOS = 2_200_000_000L;
  private static final int MANY_STEPS = 40_000;

  private final DeviceLife program;
  private final Device device;
  private final Peers peers;

  Visit(DeviceLife program, Peers peers) {
    this.program = program;
    this.device = program.device();
    this.peers = peers;
  }

  /**
   * Asks for everything.
   *
   * @return the image that must answer after the next start; null if the device trained another
   */
  @Nullable WeightImage run(Random random) throws IOException {
    maintain();
    requireStatus();
    requireShell();
    if (store().swap() == Swap.REVERT) {
      done(ask(SmpHeader.WRITE, 100, 5, map -> {}));
      require(store().swap() != Swap.REVERT, "a trial goes on after revert");
    }
    requireRefusal(random);
    WeightImage image = deploy(random);
    if (device.configuration().cableControl() != CableControl.ALL || random.nextBoolean()) {
      return image;
    }
    erase();
    return retrain() ? null : image;
  }

  private void requireStatus() throws IOException {
    SmpMap echo = done(ask(SmpHeader.READ, 0, 0, map -> map.text("d", "visit")));
    require(echo.text("r").equals("visit"), "the echo is '" + echo.text("r") + "'");
    SmpMap status = done(ask(SmpHeader.READ, 100, 0, map -> {}));
    require(status.text("state").equals(device.status().state()), "status reports another state");
    SmpMap images = done(ask(SmpHeader.READ, 1, 0, map -> {}));
    long kept = store().slots().stream().filter(slot -> slot.image() != null).count();
    require(images.maps("images").size() == kept, "the images are not those of the slots");
    SmpMap files = done(ask(SmpHeader.READ, 2, 1, map -> {}));
    require(files.has("stat_list"), "no list of counters");
  }

  /** A frame keeps the line for two seconds, then the prompt is there again. */
  private void requireShell() {
    require(peers.typed("\003").isEmpty(), "text came between frames");
    program.sleep(QUIET_NANOS);
    requirePrompt(peers.typed("\003"));
    String slots = peers.typed("slots\r");
    require(slots.contains("slot 0: ") && slots.contains("slot 1: "), "slots shows: " + slots);
    requirePrompt(slots);
    String answer = peers.typed("infer 0 1\r");
    require(answer.contains("1 (output "), "infer 0 1 shows: " + answer);
    requirePrompt(answer);
    String unknown = peers.typed("frob\r");
    require(unknown.contains("'frob' is not a command"), "frob shows: " + unknown);
    requirePrompt(unknown);
  }

  private static void requirePrompt(String text) {
    require(text.stripTrailing().endsWith("switchback>"), "no prompt after: " + text);
  }

  /** What must not come in is refused with a reason, and slot 1 stays. */
  private void requireRefusal(Random random) throws IOException {
    @Nullable WeightImage before = store().slots().get(1).image();
    SmpMap answer = upload(Offer.unfit(random).file());
    require(answer.has("err") || answer.number("rc", 0) != 0, "an unfit image is taken");
    String reason = device.refused();
    require(reason != null && !reason.isEmpty(), "refused without a reason");
    require(hash(before).equals(hash(store().slots().get(1).image())), "a refusal touched slot 1");
  }

  private WeightImage deploy(Random random) throws IOException {
    byte[] file = Offer.OWNERS.file();
    WeightImage image = WeightImage.read(file);
    done(upload(file));
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
    program.sleep(QUIET_NANOS);
    if (random.nextBoolean()) {
      done(ask(SmpHeader.WRITE, 1, 0, map -> map.flag("confirm", true)));
    } else {
      peers.typed("\003");
      peers.typed("confirm\r");
    }
    require(!store().running().onTrial(), "confirm does not end the trial");
    return image;
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
