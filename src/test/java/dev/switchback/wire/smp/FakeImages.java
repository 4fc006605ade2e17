package dev.switchback.wire.smp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Slots that record their calls. */
final class FakeImages implements ImagePort {
  static final int MAX_BYTES = 1 << 20;

  /** Two images, whose hashes differ in the first byte. */
  static final ImageHash ACTIVE = hash("aa");

  static final ImageHash WAITING = hash("bb");

  final List<byte[]> staged = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  List<ImageState> images =
      List.of(
          new ImageState(0, "1.2.3+4", ACTIVE, true, false, true, true, false),
          new ImageState(1, "1.3.0", WAITING, true, true, false, false, true));
  boolean refuses;

  /** Returns an array of one repeated byte. */
  static ImageHash hash(String digits) {
    return new ImageHash(HexFormat.of().parseHex(digits.repeat(32)));
  }

  private void call(String name) throws SmpException {
    calls.add(name);
    if (refuses) {
      throw new SmpException(GroupError.IMAGE_INVALID_MAGIC, name + " refused");
    }
  }

  @Override
  public List<ImageState> images() {
    return images;
  }

  /** The first half of the file represents the part covered by the image's own hash. */
  @Override
  public ImageHash hash(byte[] file) {
    return new ImageHash(FileHash.sha256().digest(Arrays.copyOf(file, file.length / 2)));
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public void stage(byte[] file, boolean onlyNewer) throws SmpException {
    call(onlyNewer ? "stage newer" : "stage");
    staged.add(file);
  }

  @Override
  public void mark(ImageHash hash, boolean isPermanent) throws SmpException {
    call((isPermanent ? "permanent " : "test ") + hash.toString().substring(0, 2));
  }

  @Override
  public void confirm() throws SmpException {
    call("confirm");
  }

  @Override
  public void erase() throws SmpException {
    call("erase");
  }
}
