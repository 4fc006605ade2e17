package dev.switchback.device.cable;

import dev.switchback.device.node.Device;
import dev.switchback.device.store.Event;
import dev.switchback.device.store.SlotStatus;
import dev.switchback.device.store.StoreException;
import dev.switchback.format.FormatException;
import dev.switchback.format.ImageCheck;
import dev.switchback.format.ImageException;
import dev.switchback.format.WeightImage;
import dev.switchback.wire.smp.GroupError;
import dev.switchback.wire.smp.ImageHash;
import dev.switchback.wire.smp.ImagePort;
import dev.switchback.wire.smp.ImageState;
import dev.switchback.wire.smp.SmpError;
import dev.switchback.wire.smp.SmpException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The slots of the device, as SMP shows them. Session's thread. */
final class DeviceImages implements ImagePort {
  /** Checks whose failure means access denied. */
  private static final Set<ImageCheck> SIGNATURE =
      Set.of(
          ImageCheck.UNSIGNED,
          ImageCheck.SIGNATURE_INCOMPLETE,
          ImageCheck.KEY,
          ImageCheck.SIGNATURE);

  private final Device device;
  private final PeerAccess access;

  DeviceImages(Device device, PeerAccess access) {
    this.device = device;
    this.access = access;
  }

  @Override
  public List<ImageState> images() {
    List<ImageState> images = new ArrayList<>();
    for (SlotStatus slot : device.status().store().slots()) {
      WeightImage image = slot.image();
      if (image != null) {
        images.add(
            new ImageState(
                slot.slot(),
                image.version().toString(),
                new ImageHash(image.hash()),
                slot.trouble() == null,
                slot.pending(),
                slot.confirmed(),
                slot.active(),
                slot.permanent()));
      }
    }
    return images;
  }

  @Override
  public ImageHash hash(byte[] file) {
    try {
      return new ImageHash(WeightImage.read(file).hash());
    } catch (FormatException e) {
      return new ImageHash(new byte[0]);
    }
  }

  @Override
  public int maxBytes() {
    return WeightImage.MAX_BYTES;
  }

  @Override
  public void stage(byte[] file, boolean onlyNewer) throws SmpException {
    if (onlyNewer) {
      requireNewer(file);
    }
    try {
      device.stage(file);
    } catch (FormatException e) {
      throw refusal(e);
    } catch (StoreException e) {
      throw refusal(e);
    }
  }

  private void requireNewer(byte[] file) throws SmpException {
    WeightImage now = device.status().store().running().image();
    try {
      WeightImage next = WeightImage.read(file);
      if (now != null && next.version().compareTo(now.version()) <= 0) {
        throw new SmpException(
            GroupError.IMAGE_VERSION_NOT_NEWER,
            next.version() + " is not newer than " + now.version() + ", which is in use");
      }
    } catch (FormatException e) {
      throw refusal(e);
    }
  }

  private static SmpException refusal(FormatException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (failure instanceof ImageException image && SIGNATURE.contains(image.check())) {
      return new SmpException(SmpError.ACCESS_DENIED, reason);
    }
    GroupError error =
        failure instanceof ImageException image
            ? switch (image.check()) {
              case MAGIC -> GroupError.IMAGE_INVALID_MAGIC;
              case SIZE, PAYLOAD_SIZE, PROTECTED_SIZE -> GroupError.IMAGE_INVALID_LENGTH;
              case TLV_MAGIC, TLV_TYPE -> GroupError.IMAGE_INVALID_TLV;
              case TLV_TOTAL, TLV_LENGTH -> GroupError.IMAGE_INVALID_TLV_SIZE;
              case TLV_REPEATED -> GroupError.IMAGE_REPEATED_HASH;
              case HASH_MISSING -> GroupError.IMAGE_NO_HASH;
              case HASH -> GroupError.IMAGE_INVALID_HASH;
              default -> GroupError.IMAGE_INVALID_HEADER;
            }
            : GroupError.IMAGE_UNKNOWN;
    return new SmpException(error, reason);
  }

  private static SmpException refusal(StoreException failure) {
    GroupError error =
        switch (failure.reason()) {
          case REFUSED, INPUT, BUSY -> GroupError.IMAGE_NO_FREE_SLOT;
          case OLDER -> GroupError.IMAGE_VERSION_NOT_NEWER;
          case NO_IMAGE -> GroupError.IMAGE_NO_IMAGE;
          case SELF_TEST -> GroupError.IMAGE_CONFIRMATION_DENIED;
          case STORAGE -> GroupError.IMAGE_WRITE_FAILED;
        };
    return new SmpException(error, String.valueOf(failure.getMessage()));
  }

  @Override
  public void mark(ImageHash hash, boolean isPermanent) throws SmpException {
    access.requireSigned(1);
    apply(isPermanent ? Event.PERMANENT : Event.TEST, find(hash));
  }

  private WeightImage find(ImageHash hash) throws SmpException {
    for (SlotStatus slot : device.status().store().slots()) {
      WeightImage image = slot.image();
      if (image != null && Arrays.equals(image.hash(), hash.bytes())) {
        return image;
      }
    }
    throw new SmpException(GroupError.IMAGE_NO_IMAGE, "no slot holds an image with this hash");
  }

  @Override
  public void confirm() throws SmpException {
    access.requireSigned(0);
    apply(Event.CONFIRM, null);
  }

  @Override
  public void erase() throws SmpException {
    apply(Event.ERASE, null);
  }

  private void apply(Event event, @Nullable WeightImage image) throws SmpException {
    try {
      device.apply(event, image);
    } catch (StoreException e) {
      throw refusal(e);
    }
  }
}
