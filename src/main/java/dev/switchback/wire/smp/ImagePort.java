package dev.switchback.wire.smp;

import java.util.List;

/**
 * The two slots of a device. A refusal is a {@link GroupError}; a refused command changes nothing.
 */
public interface ImagePort {
  /** Returns the images in the slots, in order; empty slots are left out. */
  List<ImageState> images();

  /** Returns the hash that identifies the image in a file; empty if the file is not an image. */
  ImageHash hash(byte[] file);

  /** Returns the size of the largest file that {@link #stage} accepts. */
  int maxBytes();

  /**
   * Checks a complete file and writes it to slot 1.
   *
   * @param onlyNewer whether to refuse a version that is not newer than the one in use
   */
  void stage(byte[] file, boolean onlyNewer) throws SmpException;

  /**
   * Marks an image: the next start puts it in use.
   *
   * @param hash of an image that is not active
   * @param isPermanent whether it is then confirmed; if not, it is on trial
   */
  void mark(ImageHash hash, boolean isPermanent) throws SmpException;

  /** Confirms the image in use. */
  void confirm() throws SmpException;

  /** Empties slot 1. */
  void erase() throws SmpException;
}
