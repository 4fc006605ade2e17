package dev.switchback.wire.smp;

import java.io.IOException;
import java.util.List;

/** Group 1: the images in the slots. */
public final class ImageGroup extends SmpGroup {
  private static final int STATE = 0;
  private static final int UPLOAD = 1;
  private static final int ERASE = 5;
  private static final int SLOTS = 6;

  private final ImagePort port;
  private final ImageUpload upload;

  public ImageGroup(ImagePort port) {
    super(1, "img mgmt", 4);
    this.port = port;
    upload = new ImageUpload(port);
  }

  @Override
  public void handle(SmpRequest request, CborWriter answer) throws IOException {
    if (request.isRead(SLOTS)) {
      slots(answer);
    } else if (request.isWrite(UPLOAD)) {
      upload.receive(request, answer);
    } else if (request.isWrite(ERASE)) {
      erase(request.map().number("slot", 1));
    } else if (request.command() == STATE) {
      if (request.isWrite()) {
        mark(request.map());
      }
      images(answer);
    } else {
      throw request.notSupported();
    }
  }

  private void images(CborWriter answer) throws IOException {
    answer.list("images");
    for (ImageState image : port.images()) {
      answer.map();
      answer.number("slot", image.slot());
      // Zephyr separates the build by a dot.
      answer.text("version", image.version().replace('+', '.'));
      answer.bytes("hash", image.hash().bytes());
      answer.flag("bootable", image.bootable());
      answer.flag("pending", image.pending());
      answer.flag("confirmed", image.confirmed());
      answer.flag("active", image.active());
      answer.flag("permanent", image.permanent());
      answer.end();
    }
    answer.end();
  }

  private void slots(CborWriter answer) throws IOException {
    answer.list("images");
    answer.map();
    answer.number("image", 0);
    answer.list("slots");
    for (int slot = 0; slot <= 1; slot++) {
      answer.map();
      answer.number("slot", slot);
      answer.number("size", port.maxBytes());
      if (slot == 1) {
        answer.number("upload_image_id", 1);
      }
      answer.end();
    }
    answer.end();
    answer.number("max_image_size", port.maxBytes());
    answer.end();
    answer.end();
  }

  private void erase(long slot) throws SmpException {
    if (slot != 1) {
      throw new SmpException(GroupError.IMAGE_INVALID_SLOT, "slot " + slot + ": only 1 is erased");
    }
    upload.reset();
    port.erase();
  }

  private void mark(SmpMap request) throws SmpException {
    boolean isPermanent = request.flag("confirm", false);
    byte[] hash = request.bytesOrEmpty("hash");
    if (hash.length > 0) {
      mark(new ImageHash(hash), isPermanent);
    } else if (isPermanent) {
      port.confirm();
    } else {
      throw new SmpException(GroupError.IMAGE_INVALID_HASH, "a test needs the hash of an image");
    }
  }

  private void mark(ImageHash hash, boolean isPermanent) throws SmpException {
    List<ImageState> matching =
        port.images().stream().filter(image -> image.hash().equals(hash)).toList();
    boolean isActive = matching.stream().anyMatch(ImageState::active);
    boolean isWaiting = matching.stream().anyMatch(image -> !image.active());
    if (isActive && isPermanent) {
      port.confirm();
    } else if (isWaiting) {
      port.mark(hash, isPermanent);
    } else if (isActive) {
      throw new SmpException(
          GroupError.IMAGE_TEST_OF_ACTIVE_DENIED, "this image is already in use");
    } else {
      throw new SmpException(GroupError.IMAGE_NO_IMAGE, "no slot holds an image with this hash");
    }
  }
}
