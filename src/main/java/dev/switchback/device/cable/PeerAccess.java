package dev.switchback.device.cable;

import dev.switchback.device.config.Key;
import dev.switchback.device.config.PeerControl;
import dev.switchback.device.node.Device;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreStatus;
import dev.switchback.device.store.Swap;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.SmpError;
import dev.switchback.wire.smp.SmpException;
import dev.switchback.wire.smp.SmpGuard;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a peer may do, by the table in protocol.md. The shell and SMP follow the same rules.
 * A refused command changes nothing, and the status gives the reason. Session's thread.
 */
final class PeerAccess implements SmpGuard {
  /** Kinds of commands, from harmless to intrusive. */
  enum Act {
    /** Reads the identity and the status of the device. */
    STATUS,
    /** Reads weights, answers or the log. */
    READ,
    /** Puts a signed image in use. */
    SIGNED_IMAGE,
    /** Any other change. */
    CHANGE
  }

  private final Device device;
  private final String line;
  private final PeerControl control;
  private final boolean hasKey;

  private PeerAccess(Device device, String line, PeerControl control) {
    this.device = device;
    this.line = line;
    this.control = control;
    hasKey = !device.configuration().get(Key.PUBLIC_KEY).isEmpty();
  }

  /** What {@code cable.control} allows. */
  static PeerAccess ofCable(Device device) {
    return new PeerAccess(device, "cable", device.configuration().cableControl());
  }

  /** What {@code line.control} allows. */
  static PeerAccess ofGuest(Device device) {
    return new PeerAccess(device, "line", device.configuration().get(Key.LINE_CONTROL));
  }

  /** Returns why an act is refused, for people; null if it is allowed. */
  @Nullable String refusal(Act act) {
    return switch (control) {
      case AUTO, ALL -> null;
      case READ ->
          switch (act) {
            case STATUS, READ -> null;
            case SIGNED_IMAGE -> hasKey ? null : denied("read, and no public-key is configured");
            case CHANGE -> denied("read");
          };
      case NONE -> act == Act.STATUS ? null : denied("none");
    };
  }

  private String denied(String setting) {
    String reason = "the " + line + " may not do that (" + line + ".control = " + setting + ")";
    device.noteRefusal(reason);
    return reason;
  }

  /**
   * Does nothing if the act is allowed.
   *
   * @throws SmpException if access is denied
   */
  void require(Act act) throws SmpException {
    throwIfRefused(refusal(act));
  }

  /**
   * Does nothing if slot 1 may be marked (slot 1) or a trial confirmed (slot 0).
   *
   * @throws SmpException if access is denied
   */
  void requireSigned(int slot) throws SmpException {
    throwIfRefused(refusalOfUnsigned(slot));
  }

  private static void throwIfRefused(@Nullable String refusal) throws SmpException {
    if (refusal != null) {
      throw new SmpException(SmpError.ACCESS_DENIED, refusal);
    }
  }

  @Override
  public void require(int group, int command, boolean isWrite) throws SmpException {
    require(act(group, command, isWrite));
  }

  /** Group 9 checks each command itself, as the shell does. */
  private Act act(int group, int command, boolean isWrite) {
    return switch (group) {
      case 0 -> command == 5 ? Act.SIGNED_IMAGE : Act.STATUS;
      case 1 -> !isWrite ? Act.READ : command == 5 ? Act.CHANGE : Act.SIGNED_IMAGE;
      case 8 -> isWrite ? Act.SIGNED_IMAGE : Act.READ;
      case 9, 10 -> Act.STATUS;
      case SwitchbackGroup.ID ->
          switch (command) {
            case SwitchbackGroup.STATUS, SwitchbackGroup.LIVE -> Act.STATUS;
            case SwitchbackGroup.REVERT -> revert();
            default -> isWrite ? Act.CHANGE : Act.READ;
          };
      default -> isWrite ? Act.CHANGE : Act.READ;
    };
  }

  /**
   * Returns the act of revert. On trial or with a mark it needs less permission: a restart ends a
   * trial too.
   */
  Act revert() {
    return device.status().store().swap() == Swap.NONE ? Act.CHANGE : Act.SIGNED_IMAGE;
  }

  /** Returns why slot 1 must not be marked or a trial not be confirmed; null if it is allowed. */
  @Nullable String refusalOfUnsigned(int slot) {
    StoreStatus store = device.status().store();
    SlotStatus slotStatus = store.slots().get(slot);
    WeightImage image = slotStatus.image();
    boolean isKept = slot == 0 && store.swap() != Swap.REVERT;
    return control == PeerControl.READ && image != null && !isKept && !device.isTrusted(image)
        ? denied("read, and the image is not signed by a configured key")
        : null;
  }
}
