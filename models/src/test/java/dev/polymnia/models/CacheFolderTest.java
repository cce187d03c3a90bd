package dev.polymnia.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.polymnia.core.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheFolderTest {
    @Test
    void the_users_own_wish_comes_first() {
        assertThat(root("Linux", Map.of("POLYMNIA_HOME", "/own", "XDG_CACHE_HOME", "/xdg")))
                .isEqualTo(Path.of("/own"));
        assertThat(root("Linux", Map.of("POLYMNIA_HOME", "own")).isAbsolute()).isTrue();
    }

    @Test
    void each_platform_has_its_place() {
        assertThat(root("Linux", Map.of())).isEqualTo(Path.of("/home/me/.cache/polymnia"));
        assertThat(root("Linux", Map.of("XDG_CACHE_HOME", "/xdg")))
                .isEqualTo(Path.of("/xdg/polymnia"));
        assertThat(root("Mac OS X", Map.of()))
                .isEqualTo(Path.of("/home/me/Library/Caches/polymnia"));
        assertThat(root("Windows 11", Map.of("LOCALAPPDATA", "/local")))
                .isEqualTo(Path.of("/local/polymnia"));
        assertThat(root("Windows 11", Map.of()))
                .isEqualTo(Path.of("/home/me/AppData/Local/polymnia"));
    }

    @Test
    void another_home_is_meant() {
        assertThat(root("Linux", Map.of("HOME", "/home/you")))
                .isEqualTo(Path.of("/home/you/.cache/polymnia"));
        assertThat(root("Linux", Map.of("HOME", "you")))
                .isEqualTo(Path.of("/home/me/.cache/polymnia"));
    }

    @Test
    void blank_and_relative_wishes_of_the_platform_are_ignored() {
        assertThat(root("Linux", Map.of("POLYMNIA_HOME", " ", "XDG_CACHE_HOME", "relative")))
                .isEqualTo(Path.of("/home/me/.cache/polymnia"));
    }

    @Test
    void an_installation_may_bring_things_along() {
        Properties system = new Properties();
        system.setProperty("user.home", "/home/me");
        assertThat(CacheFolder.of(Map.of(), system).bundledModels()).isEmpty();

        system.setProperty("polymnia.bundle", "/opt/polymnia/bundle");
        CacheFolder cache = CacheFolder.of(Map.of(), system);

        assertThat(cache.bundledModels()).contains(Path.of("/opt/polymnia/bundle/models"));
        assertThat(cache.bundledLibraries()).contains(Path.of("/opt/polymnia/bundle/libraries"));
        assertThat(cache.root()).isEqualTo(Path.of("/home/me/.cache/polymnia"));
    }

    @Test
    void finding_it_touches_no_disk(@TempDir Path folder) {
        CacheFolder cache = new CacheFolder(folder.resolve("cache"));

        assertThat(cache.models()).isEqualTo(folder.resolve("cache/models")).doesNotExist();
        assertThat(cache.libraries()).isEqualTo(folder.resolve("cache/libraries"));
        assertThat(cache.root()).doesNotExist();
    }

    @Test
    void a_place_that_cannot_be_made_is_told(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        Fault fault =
                catchThrowableOfType(Fault.class, () -> CacheFolder.create(file.resolve("models")));

        assertThat(fault.code()).isEqualTo(Fault.Code.UNAVAILABLE);
        assertThat(fault.getMessage())
                .contains(file.resolve("models").toString(), "set POLYMNIA_HOME");
    }

    private static Path root(String os, Map<String, String> environment) {
        Properties system = new Properties();
        system.setProperty("os.name", os);
        system.setProperty("user.home", "/home/me");
        return CacheFolder.of(environment, system).root();
    }
}
