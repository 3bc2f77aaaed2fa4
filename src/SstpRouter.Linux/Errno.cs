namespace SstpRouter.Linux;

/// <summary>The error numbers that this room tells apart: errno(3), the generic Linux values.</summary>
public static class Errno
{
    /// <summary>EPERM: the operation needs a privilege.</summary>
    public const int NotPermitted = 1;

    /// <summary>ENOENT: no such file.</summary>
    public const int NoEntry = 2;

    /// <summary>ESRCH: no such process, or no such route.</summary>
    public const int NotFound = 3;

    /// <summary>EINTR: a signal came first.</summary>
    public const int Interrupted = 4;

    /// <summary>EAGAIN: nothing to read, or no room to write.</summary>
    public const int Again = 11;

    /// <summary>EACCES: permission denied.</summary>
    public const int AccessDenied = 13;

    /// <summary>EBUSY: the name or device is in use.</summary>
    public const int Busy = 16;

    /// <summary>EEXIST: it is there already.</summary>
    public const int Exists = 17;

    /// <summary>ENODEV: no such interface.</summary>
    public const int NoDevice = 19;

    /// <summary>EINVAL: an argument that the kernel refuses.</summary>
    public const int Invalid = 22;

    /// <summary>EBADFD: the descriptor lost its device.</summary>
    public const int BadDescriptorState = 77;

    /// <summary>EMSGSIZE: the packet is longer than the path takes.</summary>
    public const int MessageTooLong = 90;

    /// <summary>EOPNOTSUPP: this kernel cannot do it.</summary>
    public const int NotSupported = 95;

    /// <summary>EAFNOSUPPORT: the address family is not there.</summary>
    public const int FamilyNotSupported = 97;

    /// <summary>EADDRINUSE: another socket holds the address.</summary>
    public const int AddressInUse = 98;

    /// <summary>EADDRNOTAVAIL: the address is not one of this machine's.</summary>
    public const int AddressNotAvailable = 99;

    /// <summary>ENETDOWN: the interface is down.</summary>
    public const int NetworkDown = 100;

    /// <summary>ENETUNREACH: there is no route.</summary>
    public const int NetworkUnreachable = 101;

    /// <summary>ECONNABORTED: the peer left before it was accepted.</summary>
    public const int ConnectionAborted = 103;

    /// <summary>ECONNRESET: the peer reset the connection.</summary>
    public const int ConnectionReset = 104;

    /// <summary>ENOBUFS: a queue in the kernel overflowed.</summary>
    public const int NoBufferSpace = 105;

    /// <summary>ENOTCONN: the socket is not connected.</summary>
    public const int NotConnected = 107;

    /// <summary>ETIMEDOUT: the peer did not answer.</summary>
    public const int TimedOut = 110;

    /// <summary>ECONNREFUSED: nobody listens there.</summary>
    public const int ConnectionRefused = 111;

    /// <summary>EHOSTUNREACH: a router, or address resolution, says that the host cannot be reached.</summary>
    public const int HostUnreachable = 113;

    /// <summary>EINPROGRESS: the connection is still being made.</summary>
    public const int InProgress = 115;
}
