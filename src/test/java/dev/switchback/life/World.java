package dev.switchback.life;

import dev.switchback.core.Engine;
import dev.switchback.core.nn.TruthTable;
import dev.switchback.device.config.ConfigurationParser;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
import dev.switchback.device.node.Device;
import dev.switchback.device.node.DeviceLife;
import dev.switchback.device.node.TrainingListener;
import dev.switchback.device.service.ServiceWatch;
import dev.switchback.device.store.Running;
import dev.switchback.device.store.StoreException;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.format.WeightImage;
import dev.switchback.sim.FailingStorage;
import dev.switchback.sim.FailingStorage.Operation;
import dev.switchback.sim.FakeBoard;
import dev.switchback.sim.PowerCut;
import dev.switchback.sim.PowerCutStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device and its environment: header, disk, cable, supervisor, time. After every event it checks
 * the {@link Promises}.
 */
final class World {
  private static final TruthTable TRUTH = TruthTable.XOR;
  private static final long DEBOUNCED_NANOS = 25_000_000;
  private static final long RETRIED_NANOS = 1_100_000_000;
  private static final long BLINKED_NANOS = 1_000_000_000;
  private static final long WATCHDOG_NANOS = 10_000_000_000L;
  private static final int MAX_STEPS = 8;
  private static final int MANY_STEPS = 3000;
  private static final Set<Operation> WRITING =
      EnumSet.of(Operation.WRITE, Operation.RENAME, Operation.DELETE);
  private static final Set<Operation> SYNCING =
      EnumSet.of(Operation.SYNC, Operation.SYNC_DIRECTORY);

  private static final List<String> FILES = List.of("slot-a.img", "slot-b.img", "state");

  private final DeviceConfiguration configuration;
  private final FakeBoard board = new FakeBoard(TRUTH.inputs());
  private boolean isBlind;
  private final Promises promises;
  private final Offer owners;
  private final Census census;
  private boolean isLedBroken;
  private Set<Operation> refused = Set.of();
  private @Nullable String unreadable;

  // State of the running program.
  private PowerCutStorage disk = new PowerCutStorage(Map.of(), 0);
  private FailingStorage storage = new FailingStorage(disk);
  private DeviceLife program;
  private Peers peers;
  private ServiceWatch watch;
  private long fedNanos;
  private long lookedNanos;
  private long startedNanos;

  World(Random random, Census census) {
    this.census = census;
    boolean hasKey = random.nextInt(3) == 0;
    this.configuration = configuration(random, hasKey);
    boolean insists = configuration.get(Key.LESSON);
    this.promises = new Promises(hasKey, insists);
    this.owners = Offer.owners(random, insists);
    this.program = program(0);
    this.peers = new Peers(program.device(), program::nowNanos);
    this.watch = watch();
    begin();
    promises.expectAnything();
    promises.requireAfterStart(device(), true);
  }

  private static DeviceConfiguration configuration(Random random, boolean hasKey) {
    String settings = "teach = 23\n" + (random.nextBoolean() ? "engine = fixed\n" : "");
    settings += random.nextInt(8) == 0 ? "topology = 2-1\n" : "";
    settings += random.nextInt(8) == 0 ? "lesson = configured\n" : "";
    settings += hasKey && random.nextBoolean() ? "cable.control = all\n" : "";
    settings += hasKey ? "public-key = " + KeyFile.PATH + "\n" : "";
    return ConfigurationParser.parse("life", settings.getBytes(StandardCharsets.UTF_8));
  }

  /** A file with the public half of {@link Offer#KEY}, for the configuration. */
  private static final class KeyFile {
    static final Path PATH = written();

    private static Path written() {
      try {
        Path file = Files.createTempFile("life", ".pem");
        file.toFile().deleteOnExit();
        return Files.writeString(file, Offer.KEY.verifyingKey().toPem());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private DeviceLife program(long nowNanos) {
    board.release();
    return new DeviceLife(configuration, storage, new TrainingListener() {}, board, nowNanos);
  }

  private ServiceWatch watch() {
    return new ServiceWatch(
        device(),
        new ServiceWatch.Supervisor() {
          @Override
          public long periodNanos() {
            return WATCHDOG_NANOS;
          }

          @Override
          public void ready(long sinceNanos) {
            fedNanos = sinceNanos;
          }

          @Override
          public void feed() {
            fedNanos = program.nowNanos();
          }

          @Override
          public void reportStatus(String status) {
            promises.requireTold(device(), status);
          }
        });
  }

  private Device device() {
    return program.device();
  }

  /** Starts the program, which chooses weights and may begin to train. */
  private void begin() {
    program.begin();
    program.maintain();
  }

  /** Returns the state for the printed trace. */
  @Override
  public String toString() {
    StoreStatus store = device().status().store();
    return "row %d LED %s %s, %s, swap %s, %s, promised %s, training %s"
        .formatted(
            board.row(),
            board.ledActive() ? 1 : 0,
            device().status().state(),
            device().status().weights(),
            store.swap(),
            store.slots().stream()
                .map(slot ->
                    slot.file()
                        + " "
                        + (slot.image() == null ? "none" : slot.image().hashText().substring(0, 8))
                        + slot.flags())
                .toList(),
            promises,
            device().training().running());
  }

  void live(Act act) {
    Random random = new Random(act.chance());
    census.count(act.kind());
    promises.before(device(), act.kind(), peers.isBad());
    try {
      happen(act.kind(), random);
      goOn(random);
      promises.after(device(), isDiskFaulty());
    } catch (PowerCut cut) {
      census.countCut(true);
      powerComesBack(random);
    }
    requireLed();
  }

  private void happen(Act.Kind kind, Random random) {
    switch (kind) {
      case FLIP -> board.set(random.nextInt(2), random.nextBoolean());
      case BOUNCE -> bounce(random);
      case WIRE_BREAKS -> breakWire();
      case LED_BREAKS -> setLedBroken(true);
      case WIRES_FIXED -> fixWires();
      case TIME_PASSES -> program.sleep(random.nextInt(2_000) * 1_000_000L);
      case CLOCK_JUMPS -> program.jump(random.nextInt(100_000) * 1_000_000_000L);
      case POWER_CUT -> cutPower(random);
      case POWER_CUT_AT_THE_DISK -> disk.cutIn(1 + random.nextInt(1 + random.nextInt(12)));
      case KILLED -> start(disk.files());
      case DISK_FULL -> refuse(EnumSet.of(Operation.WRITE));
      case DISK_READ_ONLY -> refuse(WRITING);
      case DISK_DOES_NOT_SYNC -> refuse(SYNCING);
      case DISK_DOES_NOT_READ -> doNotRead(random.nextInt(FILES.size() + 1));
      case DISK_GONE -> refuse(EnumSet.allOf(Operation.class));
      case DISK_FIXED -> fixDisk();
      case TRAINING_GOES_ON -> maintain(MANY_STEPS);
      case ENGINE_CHANGED -> changeEngine();
      case TEACH_PRESSED -> pressTeach(random.nextInt(1_000));
      case TEACH_HELD -> pressTeach(3_100);
      case OWNER_VISITS -> visit(random);
      default -> peers.happen(kind, random);
    }
  }

  private void pressTeach(int millis) {
    board.setTeach(true);
    program.sleep(millis * 1_000_000L);
    board.setTeach(false);
  }

  private void changeEngine() {
    Engine before = device().engine();
    try {
      device().swapEngine();
      Broken.unless(device().engine() != before, "the engine is not changed");
    } catch (StoreException e) {
      boolean isRightlyRefused =
          e.reason() == StoreException.Reason.SELF_TEST && device().engine() == before;
      if (!isRightlyRefused) {
        throw new Broken(e);
      }
    }
  }

  /** The owner fixes everything, and asks for everything. */
  private void visit(Random random) {
    fixDisk();
    fixWires();
    peers.happen(Act.Kind.CABLE_GETS_GOOD, random);
    start(disk.files());
    try {
      @Nullable WeightImage deployed = new Visit(program, peers, board, owners).run(random);
      promises.after(device(), false);
      start(disk.files());
      @Nullable WeightImage found = device().status().store().running().image();
      Broken.unless(
          deployed == null || (found != null && found.hashText().equals(deployed.hashText())),
          "what the owner deployed does not answer after a restart");
    } catch (IOException e) {
      throw new Broken(e);
    }
  }

  private void bounce(Random random) {
    int index = random.nextInt(2);
    long changes = device().status().changes();
    for (int i = random.nextInt(8); i >= 0; i--) {
      board.set(index, random.nextBoolean());
      program.sleep(random.nextInt(4) * 1_000_000L);
    }
    // Each change takes 10 ms, and there are at most 24. After a fault the first reading counts.
    Broken.unless(
        isBlind || isLedBroken || device().status().changes() - changes <= 2,
        "a bounce is taken for a change");
  }

  private void breakWire() {
    isBlind = true;
    board.failReads(new IllegalStateException("the wire is gone"));
  }

  private void setLedBroken(boolean isBroken) {
    isLedBroken = isBroken;
    board.failWrites(isBroken ? new IllegalStateException("the LED is gone") : null);
  }

  private void fixWires() {
    setLedBroken(false);
    isBlind = false;
    board.failReads(null);
    program.sleep(RETRIED_NANOS);
  }

  private void refuse(Set<Operation> operations) {
    refused = operations;
    storage.refuse(refused, 1, Integer.MAX_VALUE);
    if (refused.contains(Operation.SYNC_DIRECTORY)) {
      disk.forgiveNames();
    }
  }

  /** Makes one file unreadable, or all. */
  private void doNotRead(int file) {
    if (file < FILES.size()) {
      unreadable = FILES.get(file);
      storage.refuseReads(unreadable);
    } else {
      refuse(EnumSet.of(Operation.READ));
    }
  }

  private void fixDisk() {
    unreadable = null;
    storage.refuseReads(null);
    refuse(Set.of());
  }

  private boolean isDiskFaulty() {
    return unreadable != null || !refused.isEmpty();
  }

  private void cutPower(Random random) {
    census.countCut(false);
    start(disk.survivor(random));
  }

  /** Restarts after a cut during an event; the power may fail during that start too. */
  private void powerComesBack(Random random) {
    promises.cut(device(), disk.files());
    Map<String, byte[]> found = disk.survivor(random);
    int cutAt = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 0;
    try {
      start(found, cutAt);
    } catch (PowerCut again) {
      census.countCut(true);
      start(disk.survivor(random));
    }
  }

  private void start(Map<String, byte[]> files) {
    start(files, 0);
  }

  private void start(Map<String, byte[]> files, int cutAt) {
    disk = new PowerCutStorage(files, cutAt);
    storage = new FailingStorage(disk);
    storage.refuseReads(unreadable);
    refuse(refused);
    program = program(program.nowNanos());
    peers = peers.at(program.device(), program::nowNanos);
    watch = watch();
    startedNanos = program.nowNanos();
    Broken.unless(!device().isReady(), "it is ready before it starts");
    fedNanos = program.nowNanos();
    lookedNanos = fedNanos;
    begin();
    disk.cutIn(Integer.MAX_VALUE / 2);
    promises.requireAfterStart(device(), !isDiskFaulty());
  }

  /** Runs the periodic work: maintenance, the session's timeouts, the service. */
  private void goOn(Random random) {
    maintain(random.nextInt(MAX_STEPS));
    program.sleep(DEBOUNCED_NANOS);
    peers.tick();
    look();
    maintain(1);
  }

  private void look() {
    watch.update(program.nowNanos());
    Broken.unless(
        fedNanos - lookedNanos >= -WATCHDOG_NANOS, "the watchdog is not fed, though the loop runs");
    lookedNanos = program.nowNanos();
  }

  private void maintain(int most) {
    for (int i = 0; i < most && program.maintain(); i++) {
      // Each call runs one step.
    }
  }

  private void requireLed() {
    program.sleep(DEBOUNCED_NANOS);
    StoreStatus store = device().status().store();
    Running running = store.running();
    @Nullable WeightImage image = running.image();
    TruthTable lesson = Promises.lesson(image);
    if (device().outage() == null && !isBlinking(lesson) && !showsAnswer(lesson)) {
      program.sleep(BLINKED_NANOS);
    }
    @Nullable String outage = device().outage();
    long upSeconds = (program.nowNanos() - startedNanos) / 1_000_000_000;
    Broken.unless(
        device().status().uptimeSeconds() == upSeconds,
        "it runs for " + upSeconds + " s, not " + device().status().uptimeSeconds());
    Broken.unless(device().isReady(), "the start is not complete");
    if (isBlind && outage != null) {
      Broken.unless(
          device().faults() > 0 && !String.valueOf(device().lastFault()).isEmpty(),
          "a broken wire is not counted");
    }
    if (isLedBroken) {
      Broken.unless(
          isBlind || image == null || outage != null || isBlinking(lesson) || showsAnswer(lesson),
          "a broken LED is not reported");
    } else if (isBlind || (image == null && device().parameters() == null)) {
      Broken.unless(!board.ledActive(), "the LED is lit although nothing can answer");
      Broken.unless(outage != null, "the LED is dark without a reason");
    } else if (outage == null) {
      int row = board.row();
      Broken.unless(device().decision().row() == row, "the switches are not read");
      Broken.unless(isBlinking(lesson) || showsAnswer(lesson), "the LED is wrong in row " + row);
      Broken.unless(device().truth().equals(lesson), "the lesson is " + device().truth());
      Broken.unless(
          image == null || Objects.equals(image.parameters(), device().parameters()),
          "the status names other weights than those that answer");
    } else {
      program.sleep(RETRIED_NANOS);
      Broken.unless(device().outage() == null, "it does not answer: " + device().outage());
    }
  }

  private boolean showsAnswer(TruthTable lesson) {
    return board.shown() == lesson.answer(board.row());
  }

  /** Returns whether the LED may blink because another lesson is learnt. */
  private boolean isBlinking(TruthTable lesson) {
    @Nullable TruthTable learning = device().status().learning();
    return learning != null && !learning.equals(lesson);
  }
}
