package dev.polymnia.graalpy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/// The files of a program: a file system in memory of a limited size, with a folder `scratch` to
/// write to, and nothing of the machine.
///
/// GraalPy may read its own library beside it only from a file system whose paths are those of the
/// machine ([FileSystem#allowInternalResourceAccess]). So paths are the machine's, and mean
/// something in memory: each is translated, name by name, before anything is looked up.
final class ScratchFileSystem implements FileSystem {
    private static final String INODE = "ino";

    private final java.nio.file.FileSystem memory;
    private final Path scratch;
    private Path working;

    private ScratchFileSystem(java.nio.file.FileSystem memory, Path scratch) {
        this.memory = memory;
        this.scratch = scratch;
        this.working = scratch;
    }

    /// Creates an empty one.
    ///
    /// @param bytes what all files together may hold
    static ScratchFileSystem create(long bytes) throws IOException {
        boolean windows = File.separatorChar == '\\';
        String root = windows ? "C:\\" : "/";
        Configuration.Builder configuration =
                (windows ? Configuration.windows() : Configuration.unix())
                        .toBuilder()
                                .setWorkingDirectory(root + "scratch")
                                .setMaxSize(bytes)
                                .setMaxCacheSize(0);
        if (!windows) {
            configuration.setAttributeViews("basic", "owner", "posix", "unix");
        }
        java.nio.file.FileSystem memory = Jimfs.newFileSystem(configuration.build());
        Path scratch = Path.of(root, "scratch");
        if (!windows) {
            Files.createSymbolicLink(memory.getPath("/tmp"), memory.getPath("/scratch"));
        }
        return new ScratchFileSystem(memory, scratch);
    }

    /// Returns the folder that can be written to.
    Path scratch() {
        return scratch;
    }

    @Override
    public Path parsePath(URI uri) {
        return Path.of(uri);
    }

    @Override
    public Path parsePath(String path) {
        return Path.of(path);
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
            throws IOException {
        Path inside = inside(path);
        memory.provider().checkAccess(inside, modes.toArray(AccessMode[]::new));
        if (modes.contains(AccessMode.WRITE)) {
            checkScratch(inside, path);
        }
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        Files.createDirectory(entry(folder), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(entry(path));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean writes =
                options.contains(StandardOpenOption.WRITE)
                        || options.contains(StandardOpenOption.APPEND)
                        || options.contains(StandardOpenOption.DELETE_ON_CLOSE);
        return Files.newByteChannel(writes ? writable(path) : inside(path), options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(inside(folder))) {
            for (Path file : files) {
                Path outside = folder.resolve(file.getFileName().toString());
                if (filter.accept(outside)) {
                    found.add(outside);
                }
            }
        }
        return new Listing(found);
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return working.resolve(path);
    }

    @Override
    public Path toRealPath(Path path, LinkOption... options) throws IOException {
        return outside(inside(path).toRealPath(options));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
            throws IOException {
        Map<String, Object> found =
                new HashMap<>(Files.readAttributes(inside(path), attributes, options));
        // The JDK's file systems, and so GraalPy, have a long here.
        found.computeIfPresent(INODE, (_, number) -> ((Number) number).longValue());
        return found;
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
            throws IOException {
        Files.setAttribute(writable(path), attribute, value, options);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Files.copy(inside(source), entry(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Files.move(entry(source), entry(target), options);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        Files.createLink(entry(link), writable(existing));
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
            throws IOException {
        Files.createSymbolicLink(entry(link), memory.getPath(target.toString()), attributes);
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return outside(Files.readSymbolicLink(inside(link)));
    }

    @Override
    public void setCurrentWorkingDirectory(Path folder) {
        working = folder;
    }

    @Override
    public Path getTempDirectory() {
        return scratch;
    }

    @Override
    public boolean isSameFile(Path one, Path other, LinkOption... options) throws IOException {
        return Files.isSameFile(inside(one), inside(other));
    }

    private Path inside(Path path) {
        return memory.getPath(toAbsolutePath(path).toString());
    }

    private static Path outside(Path path) {
        return Path.of(path.toString());
    }

    /// Returns a path in memory that may be made or removed itself: one in the scratch folder.
    private Path entry(Path path) throws IOException {
        Path inside = inside(path);
        Path folder = inside.getParent();
        if (folder == null) {
            throw new AccessDeniedException(path.toString());
        }
        checkScratch(folder, path);
        return inside;
    }

    /// Returns a path in memory whose file may be written to, and made if it is none yet, wherever
    /// links lead.
    private Path writable(Path path) throws IOException {
        Path inside = inside(path);
        if (!Files.exists(inside, LinkOption.NOFOLLOW_LINKS)) {
            return entry(path);
        }
        checkScratch(inside, path);
        return inside;
    }

    private void checkScratch(Path inside, Path path) throws IOException {
        if (!inside.toRealPath().startsWith(memory.getPath(scratch.toString()))) {
            throw new AccessDeniedException(path.toString());
        }
    }

    /// A folder's content, read already.
    private record Listing(List<Path> files) implements DirectoryStream<Path> {
        @Override
        public Iterator<Path> iterator() {
            return files.iterator();
        }

        @Override
        public void close() {}
    }
}
