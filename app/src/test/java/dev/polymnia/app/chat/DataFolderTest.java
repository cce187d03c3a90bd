package dev.polymnia.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

final class DataFolderTest {
    @Test
    void the_environment_says_where_it_is() {
        assertThat(of("Linux", Map.of("POLYMNIA_DATA", "/d"))).isEqualTo(Path.of("/d"));
        assertThat(of("Linux", Map.of("XDG_DATA_HOME", "/x"))).isEqualTo(Path.of("/x/polymnia"));
        assertThat(of("Linux", Map.of("XDG_DATA_HOME", "x", "HOME", "/h")))
                .isEqualTo(Path.of("/h/.local/share/polymnia"));
        assertThat(of("Linux", Map.of("POLYMNIA_DATA", " ")))
                .isEqualTo(Path.of("/home/u/.local/share/polymnia"));
        assertThat(of("Mac OS X", Map.of()))
                .isEqualTo(Path.of("/home/u/Library/Application Support/polymnia"));
        assertThat(of("Windows 11", Map.of("APPDATA", "/a"))).isEqualTo(Path.of("/a/polymnia"));
    }

    private static Path of(String os, Map<String, String> environment) {
        Properties system = new Properties();
        system.setProperty("os.name", os);
        system.setProperty("user.home", "/home/u");
        return DataFolder.of(environment, system).root();
    }
}
