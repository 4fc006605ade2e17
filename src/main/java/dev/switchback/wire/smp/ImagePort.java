package dev.switchback.wire.smp;

import java.util.List;

/** The two slots of a device. What is refused is a {@link GroupError}, and has changed nothing. */
public interface ImagePort {
  /** What the slots hold, in their order; an empty slot is left out. */
  List<ImageState> images();

  /** The hash that is the name of the image in a file; of no bytes if it is none. */
  ImageHash hash(byte[] file);

  /** The longest file that {@link #stage} takes. */
  int maxBytes();

  /**
   * Checks a whole file and puts it into slot 1.
   *
   * @param onlyNewer refuse a version that is not above the one that answers
   */
  void stage(byte[] file, boolean onlyNewer) throws SmpException;

  /**
   * Has the next start put this image in use.
   *
   * @param hash of an image that is not active
   * @param isPermanent else it is on trial
   */
  void mark(ImageHash hash, boolean isPermanent) throws SmpException;

  /** Keeps what answers. */
  void confirm() throws SmpException;

  /** Empties slot 1. */
  void erase() throws SmpException;
}
