/* What libcurl needs for the fetches alone: one thread, its multi handle on epoll, a new connection
 * for each fetch, starts spread evenly over the time.
 *
 *   fetches URL RATE WARM COUNT CAFILE CURVES
 *
 * WARM fetches are made first and not counted. Prints: failed fetches, microseconds of processor
 * time for COUNT fetches, and the libraries' versions.
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>

#define MOST_EVENTS 512
#define MOST_IDLE 1024

static CURLM *multi;
static int epoll_fd;
static double libcurl_due_at = -1;
static CURL *idle[MOST_IDLE];
static int idle_count;
static long ended, failed;
static const char *url, *ca_file, *curves;

static double now_s(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static double cpu_us(void) {
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + used.ru_utime.tv_usec +
           used.ru_stime.tv_usec;
}

static size_t drop(char *data, size_t size, size_t count, void *own) {
    (void)data, (void)own;
    return size * count;
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *own, void *known) {
    (void)easy, (void)own;
    struct epoll_event event = {0};
    event.data.fd = fd;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(epoll_fd, EPOLL_CTL_DEL, fd, NULL);
        return 0;
    }
    event.events = (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
    epoll_ctl(epoll_fd, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event);
    curl_multi_assign(multi, fd, multi);
    return 0;
}

static int on_timer(CURLM *own, long timeout_ms, void *data) {
    (void)own, (void)data;
    libcurl_due_at = timeout_ms < 0 ? -1 : now_s() + timeout_ms / 1e3;
    return 0;
}

static CURL *make(void) {
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_SESSIONID_CACHE, 0L);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "PingPong-Status/benchmark");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
    curl_easy_setopt(easy, CURLOPT_SSL_EC_CURVES, curves);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    return easy;
}

static void hear(void) {
    int left;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result;
        long status = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        curl_multi_remove_handle(multi, easy);
        if (code != CURLE_OK || status != 200) failed++;
        ended++;
        if (idle_count < MOST_IDLE) idle[idle_count++] = easy;
        else curl_easy_cleanup(easy);
    }
}

static void round_of_events(double until) {
    struct epoll_event events[MOST_EVENTS];
    int running;
    double now = now_s();
    if (libcurl_due_at >= 0 && libcurl_due_at < until) until = libcurl_due_at;
    double wait_ms = until > now ? (until - now) * 1e3 : 0;
    int count = epoll_wait(epoll_fd, events, MOST_EVENTS, (int)(wait_ms + 0.999));
    for (int at = 0; at < count; at++) {
        int bits = (events[at].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                   (events[at].events & ~EPOLLOUT ? CURL_CSELECT_IN : 0);
        curl_multi_socket_action(multi, events[at].data.fd, bits, &running);
    }
    if (libcurl_due_at >= 0 && libcurl_due_at <= now_s()) {
        libcurl_due_at = -1;
        curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    hear();
}

static void fetch(long count, double rate) {
    double begun = now_s();
    long started = 0, already = ended;
    while (ended - already < count) {
        double due = begun + started / rate;
        while (started < count && due <= now_s()) {
            curl_multi_add_handle(multi, idle_count ? idle[--idle_count] : make());
            due = begun + ++started / rate;
        }
        round_of_events(started < count ? due : now_s() + 1);
    }
}

int main(int argc, char **argv) {
    if (argc != 7) return 2;
    url = argv[1];
    double rate = atof(argv[2]);
    long warm = atol(argv[3]), count = atol(argv[4]);
    ca_file = argv[5];
    curves = argv[6];
    curl_global_init(CURL_GLOBAL_DEFAULT);
    multi = curl_multi_init();
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    fetch(warm, rate);
    double before = cpu_us();
    fetch(count, rate);
    printf("%ld %.0f %s\n", failed, cpu_us() - before, curl_version());
    return 0;
}
