//! Saving: whole or not at all, and never over another program's change.

use super::{folder, names, text};
use archadvisor::store::{DesignFile, Saved, StoreError, write};
use std::fs;
use std::path::Path;

fn opened(path: &Path) -> DesignFile {
    DesignFile::open(path).expect("opened").0
}

#[test]
fn a_new_design_is_created_and_saved_again() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let mut file = opened(&path);
    assert_eq!(file.save("title: a\n").expect("saved"), Saved::Written);
    assert_eq!(file.save("title: b\n").expect("saved"), Saved::Written);
    assert_eq!(text(&path), "title: b\n");
    assert_eq!(names(&top), ["shop.yaml"]);
}

#[test]
fn another_programs_change_is_not_overwritten() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    fs::write(&path, "title: a\n").expect("written");
    let mut file = opened(&path);
    let modified = fs::metadata(&path)
        .and_then(|data| data.modified())
        .expect("a time");
    fs::write(&path, "title: x\n").expect("written");
    // The same length and time do not hide the change.
    let changed = fs::File::options().write(true).open(&path).expect("opened");
    changed.set_modified(modified).expect("set");

    let Saved::Conflict { theirs } = file.save("title: b\n").expect("no error") else {
        panic!("no conflict");
    };
    assert_eq!(theirs, b"title: x\n");
    assert_eq!(text(&path), "title: x\n");
    assert_eq!(names(&top), ["shop.yaml"]);

    let ours = file.write_beside("title: b\n").expect("written");
    let again = file.write_beside("title: c\n").expect("written");
    assert_eq!(
        (ours, again),
        (top.join("shop.ours.yaml"), top.join("shop.ours-2.yaml"))
    );
    assert_eq!(text(&top.join("shop.ours.yaml")), "title: b\n");

    file.accept(theirs);
    assert_eq!(file.save("title: b\n").expect("saved"), Saved::Written);
    assert_eq!(text(&path), "title: b\n");
}

#[test]
fn a_file_that_appears_or_goes_is_noticed() {
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    let mut file = opened(&path);
    fs::write(&path, "theirs").expect("written");
    assert!(matches!(file.save("ours"), Ok(Saved::Conflict { .. })));
    assert_eq!(file.save("theirs").expect("the same"), Saved::Written);
    fs::remove_file(&path).expect("removed");
    assert_eq!(file.save("ours").expect("saved"), Saved::Written);
    assert_eq!(text(&path), "ours");
}

#[test]
fn a_save_that_fails_leaves_everything_as_it_was() {
    let (_guard, top) = folder();
    let mut file = opened(&top.join("none/shop.yaml"));
    let error = file.save("title: a\n").expect_err("no folder");
    assert!(matches!(error, StoreError::Write(..)), "{error:?}");
    assert!(matches!(write(&top, b"x"), Err(StoreError::Folder(_))));

    let path = top.join("shop.yaml");
    fs::write(&path, "title: a\n").expect("written");
    let mut permissions = fs::metadata(&path).expect("data").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions.clone()).expect("set");
    let error = opened(&path).save("title: b\n").expect_err("protected");
    assert!(matches!(error, StoreError::Protected(_)), "{error:?}");
    assert_eq!(text(&path), "title: a\n");
    assert_eq!(names(&top), ["shop.yaml"]);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("data").mode() & 0o7777
    }

    #[test]
    fn permissions_stay() {
        let (_guard, top) = folder();
        let path = top.join("shop.yaml");
        fs::write(&path, "title: a\n").expect("written");
        for kept in [0o640, 0o600, 0o664] {
            fs::set_permissions(&path, fs::Permissions::from_mode(kept)).expect("set");
            assert_eq!(
                opened(&path)
                    .save(&format!("mode: {kept}\n"))
                    .expect("saved"),
                Saved::Written
            );
            assert_eq!(mode(&path), kept);
        }
        // A new file gets what any new file gets here.
        fs::write(top.join("other"), "").expect("written");
        write(&top.join("new"), b"").expect("written");
        assert_eq!(mode(&top.join("new")), mode(&top.join("other")));
    }

    #[test]
    fn links_stay_links() {
        let (_guard, top) = folder();
        fs::create_dir(top.join("real")).expect("a folder");
        let real = top.join("real/shop.yaml");
        symlink("real/shop.yaml", top.join("link.yaml")).expect("linked");
        symlink(top.join("link.yaml"), top.join("second.yaml")).expect("linked");
        // The first save goes through a link to a file that is not there yet.
        let mut file = opened(&top.join("second.yaml"));
        assert_eq!(file.save("title: a\n").expect("saved"), Saved::Written);
        assert_eq!(file.save("title: b\n").expect("saved"), Saved::Written);
        assert_eq!(text(&real), "title: b\n");
        assert!(
            fs::symlink_metadata(top.join("link.yaml"))
                .expect("data")
                .is_symlink()
        );
        assert_eq!(names(&top), ["link.yaml", "real", "second.yaml"]);

        symlink("loop", top.join("loop")).expect("linked");
        assert!(matches!(
            write(&top.join("loop"), b"x"),
            Err(StoreError::Write(..))
        ));
    }

    #[test]
    fn a_folder_that_takes_no_files_is_an_error() {
        let (_guard, top) = folder();
        let path = top.join("shop.yaml");
        fs::write(&path, "title: a\n").expect("written");
        fs::set_permissions(&top, fs::Permissions::from_mode(0o555)).expect("set");
        // The superuser may write anywhere.
        let superuser = fs::write(top.join("probe"), "").is_ok();
        if !superuser {
            let error = opened(&path).save("title: b\n").expect_err("read-only");
            assert!(matches!(error, StoreError::Write(..)), "{error:?}");
            assert_eq!(text(&path), "title: a\n");
        }
        fs::set_permissions(&top, fs::Permissions::from_mode(0o755)).expect("set");
    }

    #[test]
    fn devices_are_written_to_and_not_replaced() {
        write(Path::new("/dev/null"), b"x").expect("written");
        let null = fs::metadata("/dev/null").expect("data");
        assert!(!null.is_file());
    }
}

#[cfg(unix)]
#[test]
fn a_copy_beside_is_as_private_as_the_design() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_guard, top) = folder();
    let path = top.join("shop.yaml");
    fs::write(&path, "title: a\n").expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
    let ours = opened(&path).write_beside("title: b\n").expect("written");
    let mode = fs::metadata(ours).expect("there").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}
