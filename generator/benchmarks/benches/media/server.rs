//! A service that discards uploads and sends downloads of any size, as fast as possible.

use std::io::{self, BufReader};
use std::net::{TcpListener, TcpStream};
use std::thread;

const PIECE: usize = 256 * 1024;

/// Starts the service, and returns its URL.
pub(crate) fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Clients disconnect when they are done.
            thread::spawn(move || serve(stream).is_ok());
        }
    });
    format!("http://{address}")
}

fn serve(stream: TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::with_capacity(PIECE, stream);
    while let Some((target, length)) = request(&mut reader)? {
        discard(&mut reader, length)?;
        match size(&target) {
            Some(size) => give(&mut writer, size)?,
            None => answer(&mut writer, b"{}")?,
        }
    }
    Ok(())
}

/// Returns the target of the next request and the length of its body, or nothing at the end.
fn request(reader: &mut impl io::BufRead) -> io::Result<Option<(String, u64)>> {
    let (mut line, mut length) = (String::new(), 0);
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let target = line.split(' ').nth(1).unwrap_or_default().to_owned();
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            return Ok(Some((target, length)));
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
}

/// Returns the size in `/v1/media/SIZE?alt=media`.
fn size(target: &str) -> Option<u64> {
    let path = target.split('?').next()?;
    path.strip_prefix("/v1/media/")?.parse().ok()
}

fn discard(reader: &mut impl io::BufRead, mut length: u64) -> io::Result<()> {
    while length > 0 {
        let come = reader.fill_buf()?.len();
        if come == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let taken = usize::try_from(length).map_or(come, |length| come.min(length));
        reader.consume(taken);
        length -= taken as u64;
    }
    Ok(())
}

fn give(writer: &mut impl io::Write, size: u64) -> io::Result<()> {
    write!(
        writer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {size}\r\n\r\n"
    )?;
    let piece = [0; PIECE];
    let mut left = size;
    while left > 0 {
        let now = usize::try_from(left).map_or(PIECE, |left| left.min(PIECE));
        writer.write_all(&piece[..now])?;
        left -= now as u64;
    }
    Ok(())
}

fn answer(writer: &mut impl io::Write, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    write!(
        writer,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    )?;
    writer.write_all(body)
}
