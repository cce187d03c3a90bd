package dev.polymnia.graalpy;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import org.graalvm.polyglot.io.FileSystem;

/// All that a program sees of files: its own, and GraalPy's library for reading.
///
/// [FileSystem#allowInternalResourceAccess] alone would not do: it opens the library for writing,
/// too, and what one program wrote there the next would run. So whatever may change something goes
/// to the files in memory, where the library does not exist.
final class ProgramFileSystem implements FileSystem {
    private static final Set<OpenOption> READING =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final FileSystem own;
    private final FileSystem readable;

    /// Creates one.
    ///
    /// @param own the program's files, with nothing of the machine
    ProgramFileSystem(FileSystem own) {
        this.own = own;
        this.readable =
                FileSystem.newReadOnlyFileSystem(FileSystem.allowInternalResourceAccess(own));
    }

    @Override
    public Path parsePath(URI uri) {
        return own.parsePath(uri);
    }

    @Override
    public Path parsePath(String path) {
        return own.parsePath(path);
    }

    @Override
    public void checkAccess(Path path, Set<? extends AccessMode> modes, LinkOption... options)
            throws IOException {
        (modes.contains(AccessMode.WRITE) ? own : readable).checkAccess(path, modes, options);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        own.createDirectory(folder, attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        own.delete(path);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return (READING.containsAll(options) ? readable : own)
                .newByteChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(
            Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
        return readable.newDirectoryStream(folder, filter);
    }

    @Override
    public Path toAbsolutePath(Path path) {
        return own.toAbsolutePath(path);
    }

    @Override
    public Path toRealPath(Path path, LinkOption... options) throws IOException {
        return readable.toRealPath(path, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
            throws IOException {
        return readable.readAttributes(path, attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
            throws IOException {
        own.setAttribute(path, attribute, value, options);
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        own.copy(source, target, options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        own.move(source, target, options);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        own.createLink(link, existing);
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
            throws IOException {
        own.createSymbolicLink(link, target, attributes);
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return readable.readSymbolicLink(link);
    }

    @Override
    public void setCurrentWorkingDirectory(Path folder) {
        readable.setCurrentWorkingDirectory(folder);
    }

    @Override
    public Path getTempDirectory() {
        return own.getTempDirectory();
    }

    @Override
    public boolean isSameFile(Path one, Path other, LinkOption... options) throws IOException {
        return readable.isSameFile(one, other, options);
    }
}
