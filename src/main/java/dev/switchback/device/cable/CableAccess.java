package dev.switchback.device.cable;

import dev.switchback.device.config.CableControl;
import dev.switchback.device.config.DeviceConfiguration;
import dev.switchback.device.config.Key;
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
 * What whoever is on the cable may do, by the table of protocol.md: the same for a person at the
 * shell and an SMP client. What is refused has changed nothing, and the status says why. Cable
 * thread.
 */
final class CableAccess implements SmpGuard {
  /** Kinds of commands, from harmless to not. */
  enum Act {
    /** Who the device is and how it does. */
    TELL,
    /** What it knows: weights, answers, log. */
    READ,
    /** What brings a signed image in use. */
    SIGNED_IMAGE,
    /** Any other change. */
    CHANGE
  }

  private final Device device;
  private final CableControl control;
  private final boolean hasKey;

  CableAccess(Device device) {
    DeviceConfiguration configuration = device.configuration();
    this.device = device;
    control = configuration.cableControl();
    hasKey = !configuration.get(Key.PUBLIC_KEY).isEmpty();
  }

  /** Why it must not be, in words for people; null if it may. */
  @Nullable String refusal(Act act) {
    return switch (control) {
      case AUTO, ALL -> null;
      case READ ->
          switch (act) {
            case TELL, READ -> null;
            case SIGNED_IMAGE ->
                hasKey ? null : denied("cable.control = read, and no public-key is configured");
            case CHANGE -> denied("cable.control = read");
          };
      case NONE -> act == Act.TELL ? null : denied("cable.control = none");
    };
  }

  private String denied(String setting) {
    String reason = "the cable may not do that (" + setting + ")";
    device.noteRefusal(reason);
    return reason;
  }

  /**
   * Does nothing if it may be.
   *
   * @throws SmpException that access is denied
   */
  void require(Act act) throws SmpException {
    requireNone(refusal(act));
  }

  /**
   * Does nothing if slot 1 may be marked, or a trial be kept.
   *
   * @throws SmpException that access is denied
   */
  void requireSigned(int slot) throws SmpException {
    requireNone(refusalOfUnsigned(slot));
  }

  private static void requireNone(@Nullable String refusal) throws SmpException {
    if (refusal != null) {
      throw new SmpException(SmpError.ACCESS_DENIED, refusal);
    }
  }

  @Override
  public void require(int group, int command, boolean isWrite) throws SmpException {
    require(act(group, command, isWrite));
  }

  /** Group 9 is asked command by command, as the shell is. */
  private Act act(int group, int command, boolean isWrite) {
    return switch (group) {
      case 0 -> command == 5 ? Act.SIGNED_IMAGE : Act.TELL;
      case 1 -> !isWrite ? Act.READ : command == 5 ? Act.CHANGE : Act.SIGNED_IMAGE;
      case 8 -> isWrite ? Act.SIGNED_IMAGE : Act.READ;
      case 9, 10 -> Act.TELL;
      case SwitchbackGroup.ID ->
          switch (command) {
            case SwitchbackGroup.STATUS -> Act.TELL;
            case SwitchbackGroup.REVERT -> revert();
            default -> isWrite ? Act.CHANGE : Act.READ;
          };
      default -> isWrite ? Act.CHANGE : Act.READ;
    };
  }

  /** To end a trial, or to take a mark back, is what a restart does too, or undoes no more. */
  Act revert() {
    return device.status().store().swap() == Swap.NONE ? Act.CHANGE : Act.SIGNED_IMAGE;
  }

  /** Why slot 1 must not be marked, or a trial be kept; null if it may. */
  @Nullable String refusalOfUnsigned(int slot) {
    StoreStatus store = device.status().store();
    SlotStatus meant = store.slots().get(slot);
    WeightImage image = meant.image();
    boolean isKept = slot == 0 && store.swap() != Swap.REVERT;
    return control == CableControl.READ && image != null && !isKept && !device.isTrusted(image)
        ? denied("cable.control = read, and the image is not signed by a configured key")
        : null;
  }
}
