# Shared by the scripts beside it; sourced, not run.

RIG_STATE=${RIG_STATE:-/var/tmp/exo-widgets-openstack}
RIG_HOST=${RIG_HOST:-127.0.0.1}          # the name in the service catalogue
RIG_REGION=${RIG_REGION:-RegionOne}
RIG_ORIGINS=${RIG_ORIGINS:-*}            # CORS allowed_origin
RIG_DASHBOARDS=${RIG_DASHBOARDS:-http://localhost:8480/auth/websso/ http://localhost:8480/oidc-redirector http://localhost:8080/auth/websso/}  # trusted_dashboard
RIG_FRONT_PORT=${RIG_FRONT_PORT:-5080}   # Apache: Keystone under /identity, with single sign-on
RIG_ISSUER=${RIG_ISSUER:-http://localhost:9480}  # the OpenID provider, ../lib/identity-provider.mjs
RIG_MYSQL_PORT=${RIG_MYSQL_PORT:-3306}
RIG_TOKEN_SECONDS=${RIG_TOKEN_SECONDS:-14400}
RIG_COMPUTE_DRIVER=${RIG_COMPUTE_DRIVER:-rig.RigFakeDriver}  # or fake.FakeDriver
RIG_NOVA_API_WORKERS=${RIG_NOVA_API_WORKERS:-2}
RIG_HEAT=${RIG_HEAT:-0}
RIG_DESIGNATE=${RIG_DESIGNATE:-0}
RIG_USER=${RIG_USER:-nova}               # runs every OpenStack daemon
RIG_SERVICE_PASSWORD=${RIG_SERVICE_PASSWORD:-service-password}
RIG_ADMIN_PASSWORD=${RIG_ADMIN_PASSWORD:-admin-password}
RIG_DEMO_PASSWORD=${RIG_DEMO_PASSWORD:-demo-password}
RIG_READER_PASSWORD=${RIG_READER_PASSWORD:-reader-password}

ETC=$RIG_STATE/etc LOG=$RIG_STATE/log RUN=$RIG_STATE/run STAMP=$RIG_STATE/stamp

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }
die() { printf 'openstack-up: %s\n' "$*" >&2; exit 1; }

# A pid alone may be reused; a pid and its start time may not.
started_at() { sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

alive() { # name
    local pid since
    [ -r "$RUN/$1.pid" ] || return 1
    read -r pid since < "$RUN/$1.pid" || return 1
    [ -n "$since" ] && [ "$(started_at "$pid")" = "$since" ]
}

# Runs one command as a user, in a clean environment.
as() { # user command...
    local user=$1; shift
    setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        HOME="$RIG_STATE/home" PYTHONPATH="$RIG_STATE/plugins" \
        ${RIG_ENV:-} "$@"
}

# Starts one daemon in its own session, its output in the log directory; a lock
# that the caller holds (flock gives it as descriptor 3) is not the daemon's.
start() { # name user command...
    local name=$1 user=$2 pid; shift 2
    if alive "$name"; then return; fi
    # shellcheck disable=SC2086
    setsid setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        HOME="$RIG_STATE/home" PYTHONPATH="$RIG_STATE/plugins" \
        ${RIG_ENV:-} "$@" >> "$LOG/$name.log" 2>&1 < /dev/null 3>&- 9>&- &
    pid=$!
    disown "$pid" 2>/dev/null || true
    printf '%s %s\n' "$pid" "$(started_at "$pid")" > "$RUN/$name.pid"
}

# Stops one daemon that start() started, and whatever it forked.
stop() { # name
    local pid since i
    if ! alive "$1"; then rm -f "$RUN/$1.pid"; return; fi
    read -r pid since < "$RUN/$1.pid"
    kill -TERM "$pid" 2>/dev/null
    for i in $(seq 1 "${STOP_TENTHS:-50}"); do
        alive "$1" || break
        sleep 0.1
    done
    # setsid made it a group leader: the group holds nothing but its children.
    kill -KILL -- "-$pid" 2>/dev/null
    rm -f "$RUN/$1.pid"
}

# Waits until a daemon listens; gives up when it dies or takes too long.
need() { # name port
    local end=$((SECONDS + 120))
    until (exec 3<> "/dev/tcp/127.0.0.1/$2") 2>/dev/null; do
        alive "$1" || die "$1 died; see $LOG/$1.log"
        [ "$SECONDS" -lt "$end" ] || die "$1 is not up on port $2; see $LOG/$1.log"
        sleep 0.2
    done
}

c() { echo "--config-file=$ETC/$1.conf"; }

uwsgi_api() { # name port script processes
    start "$1" "$RIG_USER" uwsgi --plugins python3 --http-socket "127.0.0.1:$2" \
        --wsgi-file "$3" --master --processes "$4" --threads 1 --lazy-apps \
        --enable-threads --need-app --die-on-term --buffer-size 65535 \
        --listen 100 --add-header 'Connection: close' --log-date \
        --disable-logging --log-5xx --procname "$1"
}

# How each OpenStack daemon is started.
launch() { # name
    case $1 in
        keystone)
            RIG_ENV="OS_KEYSTONE_CONFIG_FILES=$ETC/keystone.conf"
            uwsgi_api keystone 5000 /usr/bin/keystone-wsgi-public 2
            RIG_ENV= ;;
        apache)
            start apache root /usr/sbin/apache2 -D FOREGROUND -f "$ETC/apache.conf" ;;
        placement)
            RIG_ENV="OS_PLACEMENT_CONFIG_DIR=$ETC"
            uwsgi_api placement 8778 /usr/bin/placement-api 1
            RIG_ENV= ;;
        nova-compute)
            start nova-compute "$RIG_USER" /usr/bin/python3 \
                "$RIG_STATE/plugins/rig_nova_compute.py" "$(c nova)" ;;
        vnc-screen)
            start vnc-screen "$RIG_USER" /usr/bin/Xvnc :57 -rfbport 5957 -localhost \
                -SecurityTypes None -AlwaysShared -geometry 800x600 -depth 24 \
                -desktop rig ;;
        vnc-program)  # a window over all of the screen that keeps what is typed
            RIG_ENV='DISPLAY=:57'
            start vnc-program "$RIG_USER" /usr/bin/xterm -geometry 140x50+0+0 -b 0 +sb \
                -fn fixed -bg '#204060' -fg '#f0f0f0' -cr '#f0f0f0' -e /bin/sh -c \
                "trap '' INT; while :; do cat >> '$RIG_STATE/nova/typed/screen'; done"
            RIG_ENV= ;;
        serial-line)  # says a word, then what it is told
            start serial-line "$RIG_USER" /usr/bin/socat \
                TCP-LISTEN:5958,bind=127.0.0.1,reuseaddr,fork \
                "SYSTEM:echo A serial line.; exec tee -a '$RIG_STATE/nova/typed/line',pty,setsid,ctty,stderr" ;;
        neutron-*|nova-*|glance-*|cinder-*|heat-*|designate-*)
            start "$1" "$RIG_USER" "$1" "$(c "${1%%-*}")" ;;
        *) die "no daemon named $1" ;;
    esac
}

# The port a daemon's API listens on; nothing for the others.
port_of() { # name
    case $1 in
        keystone) echo 5000 ;; placement) echo 8778 ;; glance-api) echo 9292 ;;
        nova-api) echo 8774 ;; neutron-server) echo 9696 ;; cinder-api) echo 8776 ;;
        vnc-screen) echo 5957 ;; serial-line) echo 5958 ;;
        nova-novncproxy) echo 6080 ;; nova-serialproxy) echo 6083 ;;
        apache) echo "$RIG_FRONT_PORT" ;; heat-api) echo 8004 ;; designate-api) echo 9001 ;;
    esac
}
